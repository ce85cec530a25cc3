import type { History } from '@wellfit/core';
import { trainingSizeSpec } from '../figures/training-size-spec.js';
import { figureMarkup } from './figure-markup.js';
import { type Markup, markup } from './markup.js';

/** Loss and accuracy over the number of training rows; nothing where arms of a dataset all had the same. */
export async function trainingSizeSection(runs: readonly History[]): Promise<Markup | undefined> {
  const spec = trainingSizeSpec(runs, { background: 'transparent' });
  if (spec === undefined) return undefined;
  const figure = await figureMarkup(spec, {
    id: 'figure-training-size',
    title: 'Loss and accuracy by training rows',
    description: 'Training solid, validation dashed, with the gap between them tinted, for each dataset.',
  });
  return markup`<section aria-labelledby="training-size"><h2 id="training-size">Training-set size</h2>
<div class="card">${figure}</div>
<p class="soft">Means over seeds. Training and validation are those of the weights that a run ended with, so that their
distance, tinted, is the gap. The dotted line is the best validation of any epoch.</p></section>`;
}
