import { createRequire } from 'node:module';

/**
 * Draws an SVG as PNG, with the DejaVu Sans that comes with this package: text is the same on every computer, also
 * where no font is installed.
 *
 * @param scale Pixels of the image per pixel of the figure; 2 by default.
 */
export async function renderPng(svg: string, scale = 2): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const find = createRequire(import.meta.url);
  const fontFiles = ['DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
    find.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
  );
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' };
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale } }).render().asPng();
}
