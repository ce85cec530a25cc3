import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import type { ParallelName } from '../host/kernel-exports.js';
import { grainsOf, sizeOf } from './elements.js';
import { registerFused } from './register-fused.js';

/** Rows that are divided among threads in one piece: `ROWS_A_GRAIN` of `assembly/softmax-cross-entropy.ts`. */
const ROWS_A_GRAIN = 64;

/** About how many multiplications an exponential and a logarithm are worth. */
const EXP_WORK = 16;

/**
 * Losses of logits, with their gradients in the same pass; each returns `[mean, slopes]`, the slopes by the logits:
 *
 * - `WellfitSoftmaxCrossEntropy`: mean over rows; targets as the logits, or class numbers, as many as there are rows.
 * - `WellfitBinaryCrossEntropy`, `WellfitSquaredError`: mean over all elements; targets as many as logits.
 *
 * All are float32. Class numbers must have been checked: the loss of one that is no class is NaN.
 */
export function registerLosses(): void {
  registerFused<LossInputs, object>('WellfitSoftmaxCrossEntropy', (host, { logits, targets }) => {
    const [rows, columns] = logits.shape;
    const sparse = targets.shape.length < 2 || targets.shape[1] !== columns ? 1 : 0;
    const grains = Math.ceil(rows / ROWS_A_GRAIN);
    return withSlopes(host, logits, grains, rows, (slopes, sums) => {
      const args = [host.address(logits), host.address(targets), sparse, slopes, sums, rows, columns];
      host.run('softmaxCrossEntropy', args, grains, EXP_WORK * rows * columns);
    });
  });
  registerElementwise('WellfitBinaryCrossEntropy', 'binaryCrossEntropy', 1, EXP_WORK);
  registerElementwise('WellfitSquaredError', 'squaredError', 2, 1);
}

/** @param derivative The factor in the slopes besides that of the mean. */
function registerElementwise(kernel: string, name: ParallelName, derivative: number, work: number): void {
  registerFused<LossInputs, object>(kernel, (host, { logits, targets }) => {
    const size = sizeOf(logits);
    const grains = grainsOf(size);
    return withSlopes(host, logits, grains, size, (slopes, sums) => {
      const args = [host.address(logits), host.address(targets), slopes, sums, size, derivative / size];
      host.run(name, args, grains, work * size);
    });
  });
}

interface LossInputs {
  readonly logits: TensorInfo;
  readonly targets: TensorInfo;
}

/** The mean over `count`, and the slopes, of what `compute` writes: a sum in float64 for each grain, and the slopes. */
function withSlopes(
  host: KernelHost,
  logits: TensorInfo,
  grains: number,
  count: number,
  compute: (slopes: number, sums: number) => void,
): TensorInfo[] {
  const mean = host.output([]);
  const slopes = host.output(logits.shape);
  const sums = host.scratch(8 * grains);
  compute(host.address(slopes), sums);
  host.exports.sumDoubles(sums, grains, 1 / count, host.address(mean));
  return [mean, slopes];
}
