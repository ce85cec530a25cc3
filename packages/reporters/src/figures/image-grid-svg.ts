import { encodePng } from './encode-png.js';
import { figureColors } from './figure-style.js';
import { checkImage, type ImageSize, type PixelImage } from './pixel-image.js';
import { escapeXml, figureFont, fitPixels } from './svg-text.js';

/** An image and what stands below it. */
export interface LabeledImage {
  readonly pixels: PixelImage['pixels'];
  readonly label: string;
}

/** About how wide an image is drawn, in pixels; small ones are enlarged by a whole number. */
const wanted = 84;
const gap = 14;
const margin = 12;
const labelHeight = 20;
const fontSize = 11;

/**
 * Browsers know `pixelated` and smooth `optimizeSpeed`. resvg knows only the latter, and would take a plain rule for
 * `pixelated` as asking for nothing; it passes over rules in `@supports`.
 */
const crisp = '@supports (image-rendering:pixelated){image{image-rendering:pixelated}}';

/**
 * Draws images in a grid with a label below each, as SVG. Pixels stay crisp squares: each image is embedded as a PNG
 * of its own size and enlarged without smoothing. `renderPng` turns the result into a PNG.
 *
 * @param images Any number, all of the same size; about as many rows as columns are made.
 * @throws ReporterError `bad-image` where the values do not fill the size.
 * @example
 * writeFileSync('digits.svg', imageGridSvg([{ pixels, label: '7' }], { height: 28, width: 28, channels: 1 }));
 */
export function imageGridSvg(images: readonly LabeledImage[], size: ImageSize): string {
  const scale = Math.max(1, Math.round(wanted / Math.max(size.width, size.height)));
  const [width, height] = [size.width * scale, size.height * scale];
  const columns = Math.max(1, Math.ceil(Math.sqrt(images.length)));
  const rows = Math.ceil(images.length / columns);
  const cells = images.map(({ pixels, label }, i) => {
    const image = { ...size, pixels };
    checkImage(image);
    const x = margin + (i % columns) * (width + gap);
    const y = margin + Math.floor(i / columns) * (height + labelHeight + gap);
    const href = `data:image/png;base64,${encodePng(image).toString('base64')}`;
    const text = escapeXml(fitPixels(label, width + gap - 4, fontSize));
    return (
      `<image x="${x}" y="${y}" width="${width}" height="${height}" image-rendering="optimizeSpeed" href="${href}"/>` +
      `<rect x="${x - 0.5}" y="${y - 0.5}" width="${width + 1}" height="${height + 1}" fill="none" stroke="${figureColors.grid}"/>` +
      `<text x="${x + width / 2}" y="${y + height + 15}">${text}</text>`
    );
  });
  const all = [
    2 * margin + columns * width + (columns - 1) * gap,
    2 * margin + rows * (height + labelHeight) + Math.max(0, rows - 1) * gap,
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${all[0]}" height="${all[1]}" viewBox="0 0 ${all[0]} ${all[1]}" ` +
    `font-family="${figureFont}" font-size="${fontSize}" fill="${figureColors.ink}" text-anchor="middle">` +
    `<style>${crisp}</style><rect width="100%" height="100%" fill="white"/>${cells.join('')}</svg>\n`
  );
}
