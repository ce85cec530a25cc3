import { mul, square, step, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { runKernel } from '@wellfit/core';
import { expectClose, normalTensor, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

const slopes = {
  WellfitReluGradient: step,
  WellfitSigmoidGradient: (y: Tensor) => sub(y, square(y)),
  WellfitTanhGradient: (y: Tensor) => sub(1, square(y)),
} as const;

for (const shape of [
  [9, 5],
  [2, 3, 4, 5],
]) {
  const axes = shape.map((_, axis) => axis).slice(0, -1);
  for (const [kernel, slope] of Object.entries(slopes)) {
    onNative(`${kernel} of [${shape.join()}]`, async () => {
      const given = (): Record<'dy' | 'y', Tensor> => ({
        dy: normalTensor(shape, 'dy'),
        y: normalTensor(shape, 'y'),
      });
      const expected = await valuesOn('cpu', () => {
        const { dy, y } = given();
        const dz = mul(dy, slope(y));
        return [dz, sum(dz, axes)];
      });
      expectClose(await valuesOn('tensorflow', () => runKernel(kernel, given())), expected);
    });
  }

  onNative(`WellfitBiasGradient of [${shape.join()}]`, async () => {
    const dy = (): Tensor => normalTensor(shape, 'dy');
    expectClose(
      await valuesOn('tensorflow', () => runKernel('WellfitBiasGradient', { dy: dy() })),
      await valuesOn('cpu', () => [sum(dy(), axes)]),
    );
  });
}
