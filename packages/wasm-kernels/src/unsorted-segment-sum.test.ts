import '@tensorflow/tfjs-layers';
import {
  cast,
  gather,
  grad,
  mul,
  sum,
  tensor,
  tensor1d,
  tidy,
  unsortedSegmentSum,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from './same-bits.test-support.js';
import { expectSameAsCpu, normal } from './same-as-cpu.test-support.js';

useBackend('wasm');

test.each([
  [[6], [0, 2, 2, 0, 1, 1], 3],
  [[4, 3], [3, 3, 0, 0], 5],
  [[3, 2, 2], [1, 1, 1], 2],
  [[4, 2], [-1, 7, 0, 1], 2],
  [[1, 1], [0], 1],
])('agrees with the cpu backend: %j by %j into %i', async (shape, segments, count) => {
  await expectSameAsCpu(
    ([x, ids]) => unsortedSegmentSum(x, ids as Tensor1D, count),
    [
      { values: normal(shape, 'x'), shape },
      { values: Int32Array.from(segments), shape: [segments.length], dtype: 'int32' },
    ],
  );
});

// The cpu backend gives floats; ours gives integers, as the operation of TensorFlow.
test.each([[[9]], [[9, 5]], [[9, 2, 35]]])('sums integers: %j', async (shape) => {
  const values = Int32Array.from(normal(shape, 'x'), (value) => Math.round(100 * value));
  await expectSameAsCpu(
    ([x, ids]) => cast(unsortedSegmentSum(x, ids as Tensor1D, 4), 'float32'),
    [
      { values, shape, dtype: 'int32' },
      { values: Int32Array.of(3, 0, 3, -1, 2, 2, 4, 3, 1), shape: [9], dtype: 'int32' },
    ],
  );
});

test.each([0, 1])('the same bits in pieces, integers %i', (whole) => {
  const ids = new Float32Array(Int32Array.of(3, 0, 3, -1, 2, 2, 4, 3, 1).buffer);
  const tensors = [normal([9, 50], 'x'), ids, new Float32Array(4 * 50)];
  expectSameWhenDivided('segmentSum', tensors, [9, 50, 4, whole], 4);
});

test('gather has its gradient', async () => {
  await expectSameAsCpu(
    ([table, rows]) =>
      grad((x) => {
        const found = gather(x, rows);
        return sum(mul(found, tensor(normal([found.size], 'dy'), found.shape)));
      })(table),
    [
      { values: normal([5, 3], 'table'), shape: [5, 3] },
      { values: Int32Array.of(4, 0, 4, 2), shape: [4], dtype: 'int32' },
    ],
  );
});

test.each([
  ['truth values', () => tensor([1, 0, 1], [3], 'bool'), [0, 1, 0]],
  ['fewer segments than rows', () => tensor([1, 2, 3]), [0, 1]],
] as const)('refuses %s instead of reading what lies behind', (_, rows, segments) => {
  tidy(() => {
    const ids = tensor1d([...segments], 'int32');
    expect(() => unsortedSegmentSum(rows(), ids, 2)).toThrow(/one int32 segment for each/);
  });
});
