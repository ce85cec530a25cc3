import { grad, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { describeRegularizer, useBackend } from '@wellfit/testing';
import { l1, regularizers } from './index.js';

describeRegularizer(regularizers, 'l1', {
  options: [0.3, { strength: 0.02 }, 0],
  badOptions: [-0.1, NaN, Infinity, 'strong', { strength: -1 }, { strenght: 0.1 }],
});

describe('values', () => {
  useBackend();
  const weights = () =>
    tensor2d([
      [0, 0.5, -0.25],
      [1.5, -2, 0.05],
    ]);

  // Computed by Keras 3.15: float(keras.regularizers.L1(strength)(weights)).
  test.each([
    [undefined, 0.0430000014603138],
    [0.3, 1.290000081062317],
    [{ strength: 0.3 }, 1.290000081062317],
    [{}, 0.0430000014603138],
    [0, 0],
  ])('with options %j is as in Keras', (options, expected) => {
    expect(tidy(() => l1(options).penalty!(weights()).dataSync()[0])).toBeCloseTo(expected, 6);
  });

  test('the gradient is the strength with the sign of the weight, and 0 at 0', () => {
    const gradient = tidy(() => grad((w) => l1(0.25).penalty!(w))(weights()).dataSync());
    expect([...gradient]).toEqual([0, 0.25, -0.25, 0.25, -0.25, 0.25]);
  });
});

test('says what to write', () => {
  expect(() => l1('strong' as never)).toThrow(/^\[regularizer l1\] .*0\.001 or \{ strength: 0\.001 \}/);
  expect(() => l1(-1)).toThrow('[regularizer l1] must be at least 0, not -1');
});
