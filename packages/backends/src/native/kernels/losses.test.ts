import { grad, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { hasKernel, losses, type LossName } from '@wellfit/core';
import { expectClose, normal, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

const ROWS = 9;
const COLUMNS = 4;
const shape = [ROWS, COLUMNS];

/** Targets in all forms in which a loss takes them. */
const targets: [LossName, string, () => Tensor][] = [
  ['categorical-crossentropy', 'class numbers', () => tensor(classes(), [ROWS])],
  ['categorical-crossentropy', 'a column of class numbers', () => tensor(classes(), [ROWS, 1], 'int32')],
  ['categorical-crossentropy', 'one-hot rows', () => tensor(oneHot(), shape)],
  ['binary-crossentropy', 'yes and no', () => tensor(oneHot(), shape)],
  ['mean-squared-error', 'numbers', () => tensor(normal(shape, 'targets'), shape)],
];

function classes(): number[] {
  return Array.from({ length: ROWS }, (_, row) => (7 * row) % COLUMNS);
}

function oneHot(): Float32Array {
  const ones = new Float32Array(ROWS * COLUMNS);
  classes().forEach((id, row) => (ones[row * COLUMNS + id] = 1));
  return ones;
}

for (const [name, form, make] of targets) {
  for (const size of [1, 60]) {
    onNative(`${name} of ${form}, logits of about ${size}: as composed on cpu`, async () => {
      const compute = (): Tensor[] => {
        const logits = tensor(
          normal(shape, 'logits').map((z) => size * z),
          shape,
        );
        const loss = (z: Tensor): Tensor => losses[name].compute(z, make());
        return [loss(logits), grad(loss)(logits)];
      };
      const got = await valuesOn('tensorflow', () => {
        expect(hasKernel('WellfitSquaredError')).toBe(true);
        return compute();
      });
      expectClose(got, await valuesOn('cpu', compute));
    });
  }

  onNative(
    `${name} of ${form}: a logit that is no number, or infinite, makes the loss no finite one`,
    async () => {
      for (const strange of [NaN, Infinity]) {
        const [loss] = await valuesOn('tensorflow', () => {
          const logits = tensor(normal(shape, 'logits').fill(strange, 0, COLUMNS), shape);
          return [losses[name].compute(logits, make())];
        });
        expect(Number.isFinite(loss[0])).toBe(false);
      }
    },
  );
}
