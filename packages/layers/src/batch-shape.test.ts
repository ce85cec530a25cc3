import { tensor, tidy } from '@tensorflow/tfjs-core';
import { randomStreams } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { batchNormalization } from './batch-normalization.js';
import { dense } from './dense.js';
import { ones } from './initializers/index.js';
import type { Layer } from './layer.js';

const host = { inputShape: [3], random: randomStreams(1) };
const builders = {
  dense: dense({ name: 'first', units: 2, activation: 'relu', role: 'hidden', kernelInitializer: ones() }),
  'batch normalization': batchNormalization({ name: 'first' }),
};

// Kernels read memory by the shape of their inputs: what does not fit must never reach them.
describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  describe.each(Object.entries(builders))('%s', (_, build) => {
    let layer: Layer;
    beforeEach(() => (layer = build(host)));
    afterEach(() => layer.weights.forEach(({ variable }) => variable.dispose()));

    test.each([[[3]], [[2, 2]], [[2, 4]], [[1, 2, 3]]])('refuses a batch of the shape %j', (shape) => {
      const size = shape.reduce((product, length) => product * length, 1);
      tidy(() => {
        const x = tensor(new Float32Array(size), shape);
        expect(() => layer.forward(x, { training: true })).toThrow(
          `Layer first is built for rows of the shape [3], got a batch of the shape [${shape.join(', ')}]`,
        );
      });
    });

    test.each([true, false])(
      'whole numbers and truth values are as good as floats: training %j',
      (training) => {
        tidy(() => {
          const outputs = (['float32', 'int32', 'bool'] as const).map((dtype) =>
            Array.from(layer.forward(tensor([1, 0, 1, 0, 0, 1], [2, 3], dtype), { training }).dataSync()),
          );
          expect(outputs[1]).toEqual(outputs[0]);
          expect(outputs[2]).toEqual(outputs[0]);
        });
      },
    );
  });
});
