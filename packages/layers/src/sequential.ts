import type { ModelShapes, RandomStream } from '@wellfit/core';
import { assemble, type SequentialModel } from './assemble.js';
import { LayerError } from './errors.js';
import { shownShape } from './layer-shapes.js';
import type { LayerBuilder } from './layer.js';

/** Options of {@link sequential}. */
export interface SequentialOptions {
  readonly name: string;
  readonly shapes: ModelShapes;
  readonly layers: readonly LayerBuilder[];
  readonly random: (purpose: string) => RandomStream;
}

/**
 * A model of layers in a row. The last layer gives the logits.
 *
 * A dense input is a site for noise; a multi-hot input is not.
 *
 * @returns A model that owns the weights of its layers; the caller disposes it.
 * @throws LayerError `bad-shape` where the last layer is not as wide as the data asks, or a layer does not fit;
 *   `bad-name` where two layers bear the same name: they would draw the same initial weights.
 */
export function sequential({ name, shapes, layers, random }: SequentialOptions): SequentialModel {
  return assemble({ name, shapes, layers, random }, (built) => {
    const last = built.at(-1);
    const shape = last?.outputShape ?? shapes.inputShape;
    if (last && shape.length === 1 && shape[0] === shapes.outputs) return;
    const end = last ? `ends in the layer ${last.name} with` : 'has no layers and ends in';
    throw new LayerError(
      'bad-shape',
      `Model ${name} ${end} the shape ${shownShape(shape)}, but the data needs ${shownShape([shapes.outputs])}: ` +
        `end it in a dense layer of ${shapes.outputs} unit${shapes.outputs === 1 ? '' : 's'}.`,
    );
  });
}
