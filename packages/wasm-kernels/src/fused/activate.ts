import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import { grainsOf, sizeOf } from './elements.js';

/** About how many multiplications an exponential and a division cost. */
const WORK_AN_ELEMENT = 10;

/** Activations that kernels fuse; all others are operations of their own. */
export interface ActivationAttrs {
  readonly activation: 'linear' | 'relu' | 'sigmoid' | 'tanh';
}

/** Applies to the output of a product, in place, the activations that products do not apply in their own pass. */
export function activate(host: KernelHost, out: TensorInfo, { activation }: ActivationAttrs): void {
  if (activation === 'linear' || activation === 'relu') return;
  const size = sizeOf(out);
  const grains = grainsOf(size);
  host.run(activation, [host.address(out), size], grains, size * WORK_AN_ELEMENT);
}
