import { definePlugin, type ModelPreset } from '@wellfit/core';
import { conv2d, dense, flatten, maxPool2d, sequential } from '@wellfit/layers';
import { z } from 'zod';
import { ModelError } from './errors.js';
import { hiddenLayer, hiddenOptions } from './hidden-layer.js';
import { makeInitializer } from './initializer-option.js';

const width = z.int().min(1).max(100_000);

const options = z
  .strictObject({
    blocks: z
      .array(z.array(width).min(1))
      .min(1)
      .default([
        [32, 32],
        [64, 64],
        [128, 128],
      ])
      .describe('Filters of each convolution, block by block; each block ends in a 2 x 2 max pool.'),
    kernelSize: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe('Rows and columns of each kernel; images are padded, so that convolutions keep their size.'),
    dense: z.array(width).default([256]).describe('Width of each dense layer behind the blocks.'),
    ...hiddenOptions,
  })
  .prefault({});

/** Options of {@link cnn}. */
export type CnnOptions = z.input<typeof options>;

/**
 * The convolutional network of the textbooks: blocks of convolutions `conv_<block>_<i>` that end in a max pool
 * `pool_<block>`, then dense layers `dense_<i>` and a linear layer `output`.
 *
 * Its sites: the kernels of all layers; activations behind each pool, each dense layer and `output`; and `input`.
 * So dropout acts where the textbooks put it, behind pooling and not between convolutions.
 *
 * `build` throws ModelError `bad-shape` where the data are no images, LayerError `bad-shape` where they are too small
 * for so many pools.
 *
 * @example
 * cnn({ blocks: [[32], [64]], dense: [128] });
 */
export const cnn = definePlugin({
  kind: 'model',
  name: 'cnn',
  description: 'Convolutional network: blocks of convolutions and a max pool, then dense layers.',
  options,
  create: ({ blocks, kernelSize, initializer, ...given }): ModelPreset => ({
    name: 'cnn',
    build(shapes, random) {
      if (shapes.inputKind !== 'dense' || shapes.inputShape.length !== 3) {
        throw new ModelError(
          'bad-shape',
          `[model cnn] needs images [height, width, channels], but the rows of the data have the shape ` +
            `[${shapes.inputShape.join(', ')}]: take the model mlp, or a dataset of images.`,
        );
      }
      const { activation, normalization } = given;
      const common = { activation, normalization, kernelInitializer: makeInitializer(initializer) };
      return sequential({
        name: 'cnn',
        shapes,
        random,
        layers: [
          ...blocks.flatMap((block, b) => [
            ...block.flatMap((filters, i) =>
              hiddenLayer({ ...common, name: `conv_${b + 1}_${i + 1}`, activationSite: false }, (layer) =>
                conv2d({ ...layer, filters, kernelSize, padding: 'same' }),
              ),
            ),
            maxPool2d({ name: `pool_${b + 1}`, activationSite: true }),
          ]),
          flatten({ name: 'flatten' }),
          ...given.dense.flatMap((units, i) =>
            hiddenLayer({ ...common, name: `dense_${i + 1}` }, (layer) => dense({ ...layer, units })),
          ),
          dense({
            name: 'output',
            units: shapes.outputs,
            kernelInitializer: common.kernelInitializer,
            role: 'output',
          }),
        ],
      });
    },
  }),
});
