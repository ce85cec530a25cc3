import { grad, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { describeRegularizer, useBackend } from '@wellfit/testing';
import { l2, regularizers } from './index.js';

describeRegularizer(regularizers, 'l2', {
  options: [0.3, { strength: 0.02 }, 0],
  badOptions: [-0.1, NaN, Infinity, true, { strength: -1 }, { l2: 0.1 }],
});

describe('values', () => {
  useBackend();
  const weights = () =>
    tensor2d([
      [0, 0.5, -0.25],
      [1.5, -2, 0.05],
    ]);

  // Computed by Keras 3.15: float(keras.regularizers.L2(strength)(weights)).
  test.each([
    [undefined, 0.06565000116825104],
    [0.3, 1.9695000648498535],
    [{ strength: 0.3 }, 1.9695000648498535],
    [0, 0],
  ])('with options %j is as in Keras', (options, expected) => {
    expect(tidy(() => l2(options).penalty!(weights()).dataSync()[0])).toBeCloseTo(expected, 6);
  });

  test('the gradient is twice the strength times the weight', () => {
    const gradient = tidy(() => grad((w) => l2(0.25).penalty!(w))(tensor1d([0, 1, -3])).dataSync());
    expect([...gradient]).toEqual([0, 0.5, -1.5]);
  });
});
