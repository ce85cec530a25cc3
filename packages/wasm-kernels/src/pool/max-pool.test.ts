import { maxPool, pool, tensor, tidy, type Rank, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameBits } from '../same-bits.test-support.js';
import { expectSameAsCpu } from '../same-as-cpu.test-support.js';
import { poolCases, poolInputs, type PoolCase } from './pool-cases.test-support.js';

useBackend('wasm');

const pooled = (x: Tensor, [, size, strides, pad]: PoolCase): Tensor =>
  maxPool(x as Tensor4D, size, strides, pad);

describe.each(Object.keys(poolInputs))('of values that are %s', (kind) => {
  test.each(poolCases)('agrees with the cpu backend: %j by %j, strides %j, %j', async (...given) => {
    const [shape] = given;
    await expectSameAsCpu(([x]) => pooled(x, given), [{ values: poolInputs[kind](shape), shape }]);
  });
});

test('NaN never wins, and only minus infinity is left where there is nothing else', () => {
  tidy(() => {
    const x = tensor<Rank.R4>([NaN, 1, NaN, NaN, -3, NaN, NaN, NaN], [1, 2, 4, 1]);
    expect([...maxPool(x, 2, 2, 'valid').dataSync()]).toEqual([1, -Infinity]);
  });
});

test('a pool with dilations, which TensorFlow.js makes of one without', async () => {
  const shape = [1, 9, 8, 5];
  await expectSameAsCpu(
    ([x]) => pool(x as Tensor4D, 2, 'max', 'valid', 2, 1),
    [{ values: poolInputs.drawn(shape), shape }],
  );
});

test.each(poolCases.slice(0, 10))('has the same bits however it is divided: %j by %j', (...given) => {
  const [[, ...image]] = given;
  const shape = [4, ...image];
  expectSameBits(() => pooled(tensor(poolInputs.drawn(shape), shape), given));
});
