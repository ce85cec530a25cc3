import type { TensorInfo } from '@tensorflow/tfjs-core';
import { KernelError } from '../errors.js';
import type { KernelHost } from '../host/kernel-host.js';
import { activate, type ActivationAttrs } from './activate.js';
import { registerFused } from './register-fused.js';

/** Units that the kernel of the gradient takes at a time: `UNITS_A_GRAIN` of `assembly/multi-hot-gradient.ts`. */
const UNITS_A_GRAIN = 16;

/**
 * `WellfitMultiHotDense`: `activation(x . kernel + bias)` of `kernel` `[width, units]`, where row `r` of `x` is 1 at
 * `indices[offsets[r]]` up to, not including, `indices[offsets[r + 1]]`, and 0 elsewhere; both int32.
 *
 * `WellfitMultiHotGradient`: `transpose(x) . dz`, `[width, units]`.
 *
 * Both throw KernelError `bad-index` or `bad-offsets` where the rows do not fit.
 */
export function registerMultiHot(): void {
  registerFused<MultiHotDenseInputs, ActivationAttrs>(
    'WellfitMultiHotDense',
    (host, inputs, { activation }) => {
      const { indices, offsets, kernel, bias } = inputs;
      const [width, units] = kernel.shape;
      const rows = checked(host, inputs, width);
      const out = host.output([rows, units]);
      const weights = [host.address(kernel), host.addressOf(bias), host.address(out)];
      const args = [
        host.address(indices),
        host.address(offsets),
        ...weights,
        units,
        activation === 'relu' ? 1 : 0,
      ];
      host.run('multiHotDense', args, rows, indices.shape[0] * units);
      activate(host, out, { activation });
      return out;
    },
  );
  registerFused<MultiHotGradientInputs, MultiHotGradientAttrs>(
    'WellfitMultiHotGradient',
    (host, inputs, { width }) => {
      const { indices, offsets, dz } = inputs;
      const [, units] = dz.shape;
      const rows = checked(host, inputs, width);
      const out = host.output([width, units]);
      const addresses = [indices, offsets, dz, out].map((tensor) => host.address(tensor));
      const grains = Math.ceil(units / UNITS_A_GRAIN);
      host.run('multiHotGradient', [...addresses, rows, units, width], grains, indices.shape[0] * units);
      return out;
    },
  );
}

interface SparseRows {
  readonly indices: TensorInfo;
  readonly offsets: TensorInfo;
}

interface MultiHotDenseInputs extends SparseRows {
  readonly kernel: TensorInfo;
  readonly bias?: TensorInfo;
}

interface MultiHotGradientInputs extends SparseRows {
  readonly dz: TensorInfo;
}

interface MultiHotGradientAttrs {
  /** Columns of the input. */
  readonly width: number;
}

/** The number of rows. Kernels read and write where the indices say, so they are looked at first, each time. */
function checked(host: KernelHost, { indices, offsets }: SparseRows, width: number): number {
  const count = indices.shape[0];
  const rows = offsets.shape[0] - 1;
  const at = host.exports.checkMultiHot(host.address(indices), count, host.address(offsets), rows, width);
  if (at >= 0) {
    const index = host.backend.typedArrayFromHeap(indices)[at];
    throw new KernelError(
      'bad-index',
      `A multi-hot row names column ${index}, but the input is ${width} wide: columns count from 0.`,
    );
  }
  if (at === -2) {
    throw new KernelError(
      'bad-offsets',
      `The offsets of multi-hot rows must rise from 0 to the number of indices, ${count}.`,
    );
  }
  return rows;
}
