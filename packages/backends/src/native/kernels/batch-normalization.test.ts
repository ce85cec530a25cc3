import {
  add,
  grads,
  mean as meanOf,
  mul,
  rsqrt,
  square,
  sub,
  sum,
  tidy,
  variable,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { runInPlace, runKernel } from '@wellfit/core';
import { expectClose, normalTensor, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

const EPSILON = 1e-3;
const CHANNELS = 5;

/** By the definition, differentiated by TensorFlow.js. */
function composed(x: Tensor, gamma: Tensor, beta: Tensor): [y: Tensor, mean: Tensor, variance: Tensor] {
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const mean = meanOf(x, axes);
  const variance = meanOf(square(sub(x, mean)), axes);
  return [add(mul(mul(sub(x, mean), rsqrt(add(variance, EPSILON))), gamma), beta), mean, variance];
}

for (const shape of [
  [16, CHANNELS],
  [1, CHANNELS],
  [4, 3, 2, CHANNELS],
  [2, 4, CHANNELS],
]) {
  onNative(`[${shape.join()}], forward and backward, as composed on cpu`, async () => {
    const given = (): Record<'x' | 'gamma' | 'beta' | 'dy', Tensor> => ({
      x: normalTensor(shape, 'x'),
      gamma: normalTensor([CHANNELS], 'gamma'),
      beta: normalTensor([CHANNELS], 'beta'),
      dy: normalTensor(shape, 'dy'),
    });
    const got = await valuesOn('tensorflow', () => {
      const { dy, ...inputs } = given();
      const attrs = { epsilon: EPSILON };
      const [y, mean, variance] = runKernel('WellfitBatchNormalization', inputs, attrs);
      const { x, gamma } = inputs;
      const slopes = { dy, x, gamma, mean, variance };
      return [y, mean, variance, ...runKernel('WellfitBatchNormalizationGradient', slopes, attrs)];
    });
    const expected = await valuesOn('cpu', () => {
      const { x, gamma, beta, dy } = given();
      const slopes = grads((...[a, b, c]: Tensor[]) => sum(mul(composed(a, b, c)[0], dy)))([x, gamma, beta]);
      return [...composed(x, gamma, beta), ...slopes];
    });
    if (shape[0] * shape[1] > CHANNELS) return expectClose(got, expected, 1e-5);
    // One row is its own mean: the gradient by it is what rounding leaves of 0.
    expectClose([got[0], got[1], got[5]], [expected[0], expected[1], expected[5]], 1e-5);
    for (const i of [2, 3]) expect(Math.max(...got[i].map(Math.abs))).toBeLessThan(1e-4);
  });
}

onNative('a moving average moves in place, step by step', () => {
  const average = tidy(() => variable(normalTensor([CHANNELS], 'average'), false));
  const { dataId } = average;
  const expected = Float64Array.from(average.dataSync());
  for (let step = 0; step < 3; step++) {
    tidy(() => {
      const current = normalTensor([CHANNELS], `current ${step}`);
      const values = current.dataSync();
      expected.forEach((value, i) => (expected[i] = value * 0.9 + values[i] * (1 - 0.9)));
      runInPlace('WellfitMovingAverage', { average, current }, { momentum: 0.9 });
    });
    average.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
  }
  expect(average.dataId).toBe(dataId);
  average.dispose();
});
