import { setBackend, tensor2d, tidy, valueAndGrad } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { checkGradient, useBackend } from '@wellfit/testing';
import { weightPenalty } from './weight-penalty.js';

useBackend();

describe.each([
  { l1: 0.01, l2: 0 },
  { l1: 0, l2: 0.02 },
  { l1: 0.003, l2: 0.007 },
  { l1: 0, l2: 0 },
])('$l1 and $l2', (strengths) => {
  /** Value and gradient of some thousand weights, of which a tenth is 0. */
  const computed = (): [number, Float32Array] =>
    tidy(() => {
      const { normal, uniform } = randomStream(1, 'weights');
      const values = Float32Array.from({ length: 83 * 47 }, () => (uniform() < 0.1 ? 0 : normal()));
      const { value, grad } = valueAndGrad((w) => weightPenalty(w, strengths))(tensor2d(values, [83, 47]));
      return [value.dataSync<'float32'>()[0], grad.dataSync<'float32'>().slice()];
    });

  test('the kernel gives what the composed form gives on the cpu backend', async () => {
    const [value, gradient] = computed();
    await setBackend('cpu');
    const [expected, slopes] = computed();
    await setBackend('wasm');
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-6 * expected);
    slopes.forEach((slope, i) => expect(gradient[i]).toBeCloseTo(slope, 8));
  });

  test('has the gradient of finite differences', () => {
    const weights = tensor2d([0.5, -1, 2, 0, -0.25, 3], [2, 3]);
    checkGradient((w) => weightPenalty(w, strengths), weights);
    weights.dispose();
  });
});
