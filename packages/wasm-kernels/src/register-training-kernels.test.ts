import '@tensorflow/tfjs-layers';
import {
  add,
  avgPool,
  conv2d,
  div,
  grad,
  matMul,
  maxPool,
  mean,
  moments,
  mul,
  relu,
  reshape,
  sqrt,
  squaredDifference,
  stack,
  sub,
  sum,
  tensor,
  train,
  variable,
  type Rank,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameAsCpu, normal } from './same-as-cpu.test-support.js';
import { registerTrainingKernels } from './register-training-kernels.js';

useBackend('wasm');

/** Losses of three steps of Adam on a network of convolution, batch normalization, relu, pooling and dense layers. */
function losses([images, targets]: Tensor[]): Tensor {
  const shapes = [
    [3, 3, 3, 8],
    [3, 3, 8, 6],
    [96, 4],
  ];
  const [first, second, dense] = shapes.map((shape) => variable(mul(tensor(normal(shape, 'w'), shape), 0.2)));
  const optimizer = train.adam(0.01);
  const predict = (): Tensor => {
    const a = conv2d(images as Tensor4D, first as Tensor4D, 1, 'same');
    const { mean: center, variance } = moments(a, [0, 1, 2]);
    const normalized = div(sub(a, center), sqrt(add(variance, 1e-3)));
    const pooled = maxPool(relu(normalized) as Tensor4D, 2, 2, 'same');
    const b = conv2d(pooled, second as Tensor4D, 1, 'same');
    return matMul(reshape(b, [-1, 96]), dense as Tensor<Rank.R2>);
  };
  const steps = Array.from({ length: 3 }, () =>
    optimizer.minimize(() => mean(squaredDifference(predict(), targets)), true)!,
  );
  const result = stack(steps);
  for (const used of [first, second, dense, optimizer]) used.dispose();
  return result;
}

test('a convolutional network trains to the same losses as on the cpu backend', async () => {
  const [first, , third] = await expectSameAsCpu(losses, [
    { values: normal([16, 8, 8, 3], 'images'), shape: [16, 8, 8, 3] },
    { values: normal([16, 4], 'targets'), shape: [16, 4] },
  ]);
  expect(third).toBeLessThan(first);
});

test('average pooling has its gradient on stock wasm, so that no kernel of ours is needed', async () => {
  const shape = [2, 5, 6, 3];
  await expectSameAsCpu(
    ([x]) =>
      grad((input) => {
        const pooled = avgPool(input as Tensor4D, 3, 2, 'same');
        return sum(mul(pooled, tensor(normal([pooled.size], 'dy'), pooled.shape)));
      })(x),
    [{ values: normal(shape, 'x'), shape }],
  );
});

test('a second call says what is not as it asked', async () => {
  expect(await registerTrainingKernels({ threads: 1 })).not.toHaveProperty('warning');
  expect((await registerTrainingKernels({ threads: 2, numerics: 'fast' })).warning).toBe(
    'The training kernels run with threads: 1 instead of 2 and numerics: exact instead of fast: ' +
      'the kernels were registered before.',
  );
});

test.each([
  [{ numeric: 'fast' }, 'There is no option numeric'],
  [{ threads: '2' }, 'from 1 to 64, got "2"'],
  [{ threads: 0 }, 'from 1 to 64, got 0'],
  [{ numerics: 'quick' }, 'must be exact or fast, got "quick"'],
])('the options %j are refused', async (options, message) => {
  await expect(registerTrainingKernels(options as object)).rejects.toThrow(message);
});
