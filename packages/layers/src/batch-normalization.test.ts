import { tensor, tensor2d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { batchNormalization } from './batch-normalization.js';
import {
  buildFor,
  disposeLayer,
  expectClose as expectNear,
  kerasConvolution,
  runCase,
} from './test-support/keras-convolution.js';

useBackend();

const build = () =>
  batchNormalization({ name: 'norm', momentum: 0.9 })({ inputShape: [2], random: (p) => randomStream(1, p) });
const ROWS = [
  [1, 10],
  [2, 30],
  [6, 20],
];

// Values of keras.layers.BatchNormalization(momentum=0.9) in Keras 3.15, called twice on these rows with
// training=True, then once with training=False (tools/reference/keras-batch-normalization.py prints them).
const KERAS = {
  training: [
    [-0.92572093, -1.2247357],
    [-0.46286047, 1.2247357],
    [1.3885814, 0],
  ],
  movingMean: [0.57000005, 3.8],
  movingVariance: [1.6966667, 13.4766665],
  inference: [
    [0.33002147, 1.6888238],
    [1.0975133, 7.1366425],
    [4.167481, 4.412733],
  ],
};

function expectClose(actual: Tensor, expected: readonly number[]): void {
  actual.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
}

test('follows Keras in training and inference, and frees what it makes', async () => {
  await expectNoLeak(() => {
    const layer = build();
    const [, , movingMean, movingVariance] = layer.weights;
    tidy(() => {
      const x = tensor2d(ROWS);
      layer.forward(x, { training: true });
      expectClose(layer.forward(x, { training: true }), KERAS.training.flat());
      expectClose(movingMean.variable, KERAS.movingMean);
      expectClose(movingVariance.variable, KERAS.movingVariance);
      expectClose(layer.forward(x, { training: false }), KERAS.inference.flat());
    });
    layer.weights.forEach(({ variable }) => variable.dispose());
  });
});

test('only scale and offset are trained', () => {
  const layer = build();
  expect(layer.weights.map(({ name, trainable }) => [name, trainable])).toEqual([
    ['norm/gamma', true],
    ['norm/beta', true],
    ['norm/moving_mean', false],
    ['norm/moving_variance', false],
  ]);
  layer.weights.forEach(({ variable }) => variable.dispose());
});

test.each(kerasConvolution.normalizations)(
  'follows Keras, gradients and all: input $inputShape, center $center, scale $scale',
  (given) => {
    const { center, scale, start } = given;
    const options = { name: 'norm', momentum: 0.9, epsilon: 0.01, center, scale };
    const once = buildFor(batchNormalization(options), given, start);
    tidy(() => {
      const x = tensor([...given.x], [...given.inputShape]);
      once.forward(x, { training: true });
      expectNear([...once.forward(x, { training: false }).dataSync()], given.inference);
    });
    const [mean, variance] = once.weights.slice(-2);
    expectNear([...mean.variable.dataSync()], given.movingMean);
    expectNear([...variance.variable.dataSync()], given.movingVariance);

    const { y, dx, dweights } = runCase(once, given);
    expectNear(y, given.training);
    expectNear(dx, given.dx);
    expect(dweights).toHaveLength(given.dtrained.length);
    given.dtrained.forEach((slope, i) => expectNear(dweights[i], slope));
    disposeLayer(once);
  },
);
