import '@tensorflow/tfjs-layers';
import {
  engine,
  grad,
  maxPool,
  MaxPoolGrad,
  mul,
  sum,
  tensor,
  tidy,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameBits } from '../same-bits.test-support.js';
import { expectSameAsCpu, normal } from '../same-as-cpu.test-support.js';
import { poolCases, poolInputs, type PoolCase } from './pool-cases.test-support.js';

useBackend('wasm');

/** Gradient of a sum of the pooled values in which each counts differently. */
function poolGradient(x: Tensor, [, size, strides, pad]: PoolCase): Tensor {
  return grad((input) => {
    const pooled = maxPool(input as Tensor4D, size, strides, pad);
    return sum(mul(pooled, tensor(normal([pooled.size], 'dy'), pooled.shape)));
  })(x);
}

describe.each(Object.keys(poolInputs))('of values that are %s', (kind) => {
  test.each(poolCases)('agrees with the cpu backend: %j by %j, strides %j, %j', async (...given) => {
    const [shape] = given;
    await expectSameAsCpu(([x]) => poolGradient(x, given), [{ values: poolInputs[kind](shape), shape }]);
  });
});

test('a maximum that is negative has its gradient, which the stock kernel drops', () => {
  const gradient = tidy(() => {
    const x = tensor([-1, -2, -3, -4, -5, -6, -7, -8], [1, 2, 4, 1]);
    return grad((input) => sum(maxPool(input as Tensor4D, 2, 2, 'valid')))(x).dataSync();
  });
  expect([...gradient]).toEqual([1, 0, 1, 0, 0, 0, 0, 0]);
});

/** The same image in every channel, so that the way of four channels and that of one are both gone. */
test.each<[string, number[], number[]]>([
  ['NaN is passed over', [NaN, 2, 1, NaN], [0, 1, 0, 0]],
  ['nothing but NaN', [NaN, NaN, NaN, NaN], [0, 0, 0, 0]],
  ['nothing but minus infinity', [-Infinity, -Infinity, -Infinity, -Infinity], [0, 0, 0, 0]],
  ['infinity', [1, Infinity, Infinity, 2], [0, 1, 0, 0]],
  ['both zeros', [-1, -0, 0, -1], [0, 1, 0, 0]],
])('%s', async (_, pixels, expected) => {
  const channels = 5;
  const spread = (values: number[]): Float32Array =>
    Float32Array.from(values.flatMap((value) => Array<number>(channels).fill(value)));
  for (const strides of [1, 2]) {
    const gradient = await expectSameAsCpu(
      ([x, dy]) =>
        engine().runKernel(
          MaxPoolGrad,
          { dy, input: x, output: dy },
          { filterSize: 2, strides, pad: 'valid' },
        ),
      [
        { values: spread(pixels), shape: [1, 2, 2, channels] },
        { values: spread([1]), shape: [1, 1, 1, channels] },
      ],
    );
    expect(gradient).toEqual(spread(expected));
  }
});

test.each(poolCases.slice(0, 10))('has the same bits however it is divided: %j by %j', (...given) => {
  const [[, ...image]] = given;
  const shape = [4, ...image];
  expectSameBits(() => poolGradient(tensor(poolInputs.drawn(shape), shape), given));
});
