import type { TopLevelSpec } from 'vega-lite';
import { escapeXml } from './svg-text.js';

/** Words for people who cannot see the figure, and what makes its ids unique in a page. */
export interface SvgText {
  readonly title: string;
  readonly description: string;
  /** Prefix of all ids in the figure; letters, digits and `-`. */
  readonly id: string;
}

/**
 * Draws a figure as SVG. Vega is loaded here, as it takes a while: whoever draws nothing does not wait for it. The
 * same description always gives the same text.
 *
 * @param text Given for a figure within a page: puts `<title>` and `<desc>` in.
 */
export async function renderSvg(spec: TopLevelSpec, text?: SvgText): Promise<string> {
  const vega = await import('vega');
  const vegaLite = await import('vega-lite');
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: 'none' });
  try {
    // Vega escapes markup in names, but leaves control characters, which XML forbids.
    const svg = (await view.toSVG()).replace(/[^\P{Cc}\n\t]/gu, ' ');
    return withText(uniqueIds(svg, text?.id ?? 'figure'), text);
  } finally {
    view.finalize();
  }
}

/** Vega counts its ids on through the whole process. */
function uniqueIds(svg: string, prefix: string): string {
  const ids = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))];
  return ids.reduce(
    (text, id, i) =>
      text
        .replaceAll(` id="${id}"`, ` id="${prefix}-${i}"`)
        .replaceAll(`url(#${id})`, `url(#${prefix}-${i})`),
    svg,
  );
}

function withText(svg: string, text: SvgText | undefined): string {
  if (text === undefined) return svg;
  const { id } = text;
  const label = ` role="img" aria-labelledby="${id}-title ${id}-desc"`;
  const words = `<title id="${id}-title">${escapeXml(text.title)}</title><desc id="${id}-desc">${escapeXml(text.description)}</desc>`;
  return svg.replace(/^<svg([^>]*)>/, (_, attributes: string) => `<svg${attributes}${label}>${words}`);
}
