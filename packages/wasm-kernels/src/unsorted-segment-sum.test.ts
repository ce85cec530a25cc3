import '@tensorflow/tfjs-layers';
import { gather, grad, mul, sum, tensor, unsortedSegmentSum, type Tensor1D } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
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
