import { add, getKernel, matMul, relu, sigmoid, tanh, type Tensor } from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '@wellfit/core';
import { expectClose, normalTensor, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

const functions = { linear: (x: Tensor) => x, relu, sigmoid, tanh } as const;

for (const activation of Object.keys(functions) as (keyof typeof functions)[]) {
  for (const biased of [true, false]) {
    onNative(`${activation} ${biased ? 'with' : 'without'} bias, as composed on cpu`, async () => {
      const given = (): Record<'x' | 'kernel', Tensor> & { bias?: Tensor } => ({
        x: normalTensor([7, 33], 'x'),
        kernel: normalTensor([33, 5], 'kernel'),
        ...(biased && { bias: normalTensor([5], 'bias') }),
      });
      const got = await valuesOn('tensorflow', () => {
        expect(hasKernel('WellfitDense')).toBe(true);
        return runKernel('WellfitDense', given(), { activation });
      });
      const expected = await valuesOn('cpu', () => {
        const { x, kernel, bias } = given();
        const product = matMul(x, kernel);
        return [functions[activation](bias ? add(product, bias) : product)];
      });
      expectClose(got, expected);
    });
  }
}

onNative('products of matrices, transposed or not, and of batches of them', async () => {
  const products = (): Tensor[] => [
    ...[false, true].flatMap((a) =>
      [false, true].map((b) =>
        matMul(normalTensor(a ? [9, 4] : [4, 9], 'a'), normalTensor(b ? [6, 9] : [9, 6], 'b'), a, b),
      ),
    ),
    matMul(normalTensor([3, 4, 9], 'a'), normalTensor([3, 9, 6], 'b')),
  ];
  expectClose(await valuesOn('tensorflow', products), await valuesOn('cpu', products));
  expect(getKernel('BatchMatMul', 'tensorflow').kernelName).toBe('BatchMatMul');
});
