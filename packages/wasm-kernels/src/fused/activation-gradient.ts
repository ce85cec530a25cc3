import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import { registerFused } from './register-fused.js';

/** Rows that the kernel sums at a time: `ROWS_A_CHUNK` of `assembly/masked-sum.ts`. */
const ROWS_A_CHUNK = 1024;

/**
 * `WellfitReluGradient`: `dz = dy` where `y > 0`, else 0, with the sums of `dz` over all axes but the last: the gradients
 * by the values before bias and relu, and by the bias, in one pass. Returns `[dz, sums]`.
 *
 * `WellfitBiasGradient`: the sums of `dy` over all axes but the last.
 */
export function registerActivationGradients(): void {
  registerFused<{ dy: TensorInfo; y: TensorInfo }, object>('WellfitReluGradient', (host, { dy, y }) => {
    const dz = host.output(dy.shape);
    return [dz, sums(host, dy, y, dz)];
  });
  registerFused<{ dy: TensorInfo }, object>('WellfitBiasGradient', (host, { dy }) => sums(host, dy));
}

function sums(host: KernelHost, dy: TensorInfo, y?: TensorInfo, dz?: TensorInfo): TensorInfo {
  const columns = dy.shape[dy.shape.length - 1];
  const size = dy.shape.reduce((product, length) => product * length, 1);
  const rows = columns === 0 ? 0 : size / columns;
  const chunks = Math.ceil(rows / ROWS_A_CHUNK);
  const total = host.output([columns]);
  const partial = host.scratch(4 * chunks * columns);
  const args = [host.address(dy), host.addressOf(y), host.addressOf(dz), partial, rows, columns];
  host.run('maskedSum', args, chunks, size);
  host.exports.sumRows(partial, chunks, columns, host.address(total));
  return total;
}
