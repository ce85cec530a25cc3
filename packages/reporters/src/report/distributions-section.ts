import type { RunRecord } from '../experiment-record.js';
import { distributionSpec } from '../figures/distribution-spec.js';
import { figureMarkup } from './figure-markup.js';
import { type Markup, markup } from './markup.js';

/** Weights and activations before and after training; nothing where no run recorded them. */
export async function distributionsSection(
  runs: readonly RunRecord[],
  arms: readonly string[],
): Promise<Markup | undefined> {
  const figures: Markup[] = [];
  for (const kind of ['weights', 'activations'] as const) {
    const spec = distributionSpec(runs, kind, { arms, background: 'transparent' });
    if (spec === undefined) continue;
    const text = {
      id: `figure-${kind}`,
      title: `Distributions of ${kind} by arm and layer`,
      description:
        'A histogram before and after training in each cell, and both standard deviations above it.',
    };
    figures.push(markup`<div class="card">${await figureMarkup(spec, text)}</div>`);
  }
  if (figures.length === 0) return undefined;
  return markup`<section aria-labelledby="distributions"><h2 id="distributions">Weights and activations</h2>
<div class="stack">${figures}</div>
<p class="soft">Activations are measured in inference mode on up to 1,000 rows of the validation set. A bin that dwarfs all
others is cut off, with its share beside it.</p></section>`;
}
