import { abs, add, mul, scalar, sign, square, sum, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { runKernel } from '@wellfit/core';
import { expectClose, normal, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

for (const strengths of [
  { l1: 0.3, l2: 0 },
  { l1: 0, l2: 0.2 },
  { l1: 0.3, l2: 0.2 },
  { l1: 0, l2: 0 },
]) {
  const { l1, l2 } = strengths;
  onNative(`l1 ${l1}, l2 ${l2}: value and gradient, 0 at 0`, async () => {
    const given = (): Record<'w' | 'dy', Tensor> => ({
      w: tensor(normal([6, 7], 'w').fill(0, 0, 3), [6, 7]),
      dy: scalar(1.5),
    });
    const got = await valuesOn('tensorflow', () => {
      const { w, dy } = given();
      return [
        ...runKernel('WellfitWeightPenalty', { w }, strengths),
        ...runKernel('WellfitWeightPenaltyGradient', { w, dy }, strengths),
      ];
    });
    const expected = await valuesOn('cpu', () => {
      const { w, dy } = given();
      const slope = add(mul(sign(w), l1), mul(w, 2 * l2));
      return [add(mul(sum(abs(w)), l1), mul(sum(square(w)), l2)), mul(slope, dy)];
    });
    expectClose(got, expected);
  });
}
