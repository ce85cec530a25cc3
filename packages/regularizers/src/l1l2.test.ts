import { tensor2d, tidy } from '@tensorflow/tfjs-core';
import { describeRegularizer, useBackend } from '@wellfit/testing';
import { l1l2, regularizers } from './index.js';

describeRegularizer(regularizers, 'l1l2', {
  options: [{ l1: 0.3, l2: 0.001 }, { l1: 0.3 }, { l2: 0.3 }, { l1: 0, l2: 0 }],
  badOptions: [0.01, { l1: -1 }, { l2: NaN }, { strength: 0.1 }, { l3: 0.1 }],
});

describe('values', () => {
  useBackend();

  // Computed by Keras 3.15: float(keras.regularizers.L1L2(l1=..., l2=...)(weights)), where without options both
  // strengths are 0.01, as the name 'l1_l2' meant in Keras 2.
  test.each([
    [undefined, 0.10864999890327454],
    [{}, 0.10864999890327454],
    [{ l1: 0.3, l2: 0.001 }, 1.296565055847168],
    [{ l1: 0.3 }, 1.290000081062317],
    [{ l2: 0.3 }, 1.9695000648498535],
    [{ l1: 0 }, 0],
  ])('with options %j is as in Keras', (options, expected) => {
    const value = tidy(() => {
      const weights = tensor2d([
        [0, 0.5, -0.25],
        [1.5, -2, 0.05],
      ]);
      return l1l2(options).penalty!(weights).dataSync()[0];
    });
    expect(value).toBeCloseTo(expected, 6);
  });
});

test('refuses a plain number, and says what to write', () => {
  expect(() => l1l2(0.01 as never)).toThrow(/\[regularizer l1l2\] .*\{ l1: 0\.001, l2: 0\.001 \}/);
});
