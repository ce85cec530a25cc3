import { definePlugin, type ModelPreset } from '@wellfit/core';
import { dense, flatten, sequential } from '@wellfit/layers';
import { z } from 'zod';
import { hiddenLayer, hiddenOptions } from './hidden-layer.js';
import { makeInitializer } from './initializer-option.js';

const options = z
  .strictObject({
    units: z
      .array(z.int().min(1).max(100_000))
      .default([16, 16])
      .describe('Width of each hidden layer, from the input to the output; [] is a linear model.'),
    ...hiddenOptions,
  })
  .prefault({});

/** Options of {@link mlp}. */
export type MlpOptions = z.input<typeof options>;

/**
 * The multilayer perceptron: hidden layers `hidden_1`, `hidden_2`... of the given widths and a linear layer `output`;
 * before them a layer `flatten` where the data are images.
 *
 * Its sites: `hidden_<i>` (kernel and activation), `output` (kernel and activation), and `input` where the data is
 * dense.
 */
export const mlp = definePlugin({
  kind: 'model',
  name: 'mlp',
  description: 'Multilayer perceptron: fully connected hidden layers of given widths.',
  options,
  create: ({ units, activation, normalization, initializer }): ModelPreset => ({
    name: 'mlp',
    build(shapes, random) {
      const kernelInitializer = makeInitializer(initializer);
      return sequential({
        name: 'mlp',
        shapes,
        random,
        layers: [
          ...(shapes.inputShape.length > 1 ? [flatten({ name: 'flatten' })] : []),
          ...units.flatMap((width, i) =>
            hiddenLayer({ name: `hidden_${i + 1}`, activation, normalization, kernelInitializer }, (layer) =>
              dense({ ...layer, units: width }),
            ),
          ),
          dense({ name: 'output', units: shapes.outputs, kernelInitializer, role: 'output' }),
        ],
      });
    },
  }),
});
