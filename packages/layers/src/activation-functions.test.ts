// For the gradients that it registers.
import '@wellfit/core';
import { grad, sum, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { activationFunctions, type ActivationName } from './activation-functions.js';

const X = [-2, -0.5, 0.5, 3];
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Value and derivative by definition. */
const definitions: Record<ActivationName, [(x: number) => number, (x: number) => number]> = {
  linear: [(x) => x, () => 1],
  relu: [(x) => Math.max(0, x), (x) => (x > 0 ? 1 : 0)],
  sigmoid: [sigmoid, (x) => sigmoid(x) * (1 - sigmoid(x))],
  tanh: [Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
  elu: [(x) => (x > 0 ? x : Math.expm1(x)), (x) => (x > 0 ? 1 : Math.exp(x))],
  // The constants of Klambauer et al., "Self-normalizing neural networks", 2017.
  selu: [
    (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
    (x) => 1.0507009873554805 * (x > 0 ? 1 : 1.6732632423543772 * Math.exp(x)),
  ],
  softplus: [(x) => Math.log1p(Math.exp(x)), sigmoid],
};

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  test.each(Object.keys(activationFunctions) as ActivationName[])(
    '%s has its value and derivative',
    (name) => {
      const [value, derivative] = definitions[name];
      tidy(() => {
        const x = tensor1d(X);
        const actual = activationFunctions[name](x).dataSync();
        const slope = grad((z) => sum(activationFunctions[name](z)))(x).dataSync();
        X.forEach((entry, i) => {
          expect(actual[i]).toBeCloseTo(value(entry), 5);
          expect(slope[i]).toBeCloseTo(derivative(entry), 5);
        });
      });
    },
  );
});
