import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import { registerFused } from './register-fused.js';

/** Rows that the kernel sums at a time: `ROWS_A_CHUNK` of `assembly/masked-sum.ts`. */
const ROWS_A_CHUNK = 1024;

/**
 * `WellfitReluGradient`: `dz = dy` where `y > 0`, else 0, with the sums of `dz` over all axes but the last: the gradients
 * by the values before bias and relu, and by the bias, in one pass. Returns `[dz, sums]`.
 *
 * `WellfitSigmoidGradient` and `WellfitTanhGradient`: the same with `dz = dy y (1 - y)` and `dz = dy (1 - y^2)`.
 *
 * `WellfitBiasGradient`: the sums of `dy` over all axes but the last.
 */
export function registerActivationGradients(): void {
  for (const [kernelName, name, options] of [
    ['WellfitReluGradient', 'maskedSum', []],
    ['WellfitSigmoidGradient', 'slopeSum', [0]],
    ['WellfitTanhGradient', 'slopeSum', [1]],
  ] as const) {
    registerFused<{ dy: TensorInfo; y: TensorInfo }, object>(kernelName, (host, { dy, y }) => {
      const dz = host.output(dy.shape);
      return [dz, sums(host, name, options, dy, y, dz)];
    });
  }
  registerFused<{ dy: TensorInfo }, object>('WellfitBiasGradient', (host, { dy }) =>
    sums(host, 'maskedSum', [], dy),
  );
}

/** Runs one of the passes over `dy`, with `options` at the end of its parameters, and gives the sums of all chunks. */
function sums(
  host: KernelHost,
  name: 'maskedSum' | 'slopeSum',
  options: readonly number[],
  dy: TensorInfo,
  y?: TensorInfo,
  dz?: TensorInfo,
): TensorInfo {
  const columns = dy.shape[dy.shape.length - 1];
  const size = dy.shape.reduce((product, length) => product * length, 1);
  const rows = columns === 0 ? 0 : size / columns;
  const chunks = Math.ceil(rows / ROWS_A_CHUNK);
  const total = host.output([columns]);
  const partial = host.scratch(4 * chunks * columns);
  const args = [host.address(dy), host.addressOf(y), host.addressOf(dz), partial, rows, columns, ...options];
  host.run(name, args, chunks, size);
  host.exports.sumRows(partial, chunks, columns, host.address(total));
  return total;
}
