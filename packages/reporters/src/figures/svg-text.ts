/** Text that is safe within an SVG element or a quoted attribute. Control characters, which XML forbids, become blanks. */
export function escapeXml(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Font of all figures; `renderPng` sets it in the DejaVu Sans of this package. */
export const figureFont = 'DejaVu Sans, Verdana, sans-serif';

/** Cuts text with `…` so that it fits into a width, in pixels, at a font size: DejaVu Sans is 0.6 em wide on average. */
export function fitPixels(text: string, width: number, fontSize: number): string {
  const most = Math.max(1, Math.floor(width / (0.6 * fontSize)));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}
