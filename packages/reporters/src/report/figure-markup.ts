import type { TopLevelSpec } from 'vega-lite';
import { renderSvg, type SvgText } from '../figures/render-svg.js';
import { type Markup, markup, trusted } from './markup.js';

/** A figure drawn into the page, with words for people who cannot see it; nothing where there is nothing to draw. */
export async function figureMarkup(spec: TopLevelSpec | undefined, text: SvgText): Promise<Markup> {
  if (spec === undefined) return markup``;
  return markup`<figure class="figure">${trusted(await renderSvg(spec, text))}</figure>`;
}
