import type { TensorInfo } from '@tensorflow/tfjs-core';
import { grainsOf, sizeOf } from './elements.js';
import { registerFused } from './register-fused.js';

/** Bytes of the sums of the elements that are divided among threads in one piece. */
const BYTES_A_GRAIN = 16;

/**
 * `WellfitWeightPenalty`: `l1 * sum(|w|) + l2 * sum(w^2)`, a scalar.
 *
 * `WellfitWeightPenaltyGradient`: `dy (l1 sign(w) + 2 l2 w)`, 0 at 0.
 */
export function registerWeightPenalty(): void {
  registerFused<{ w: TensorInfo }, Strengths>('WellfitWeightPenalty', (host, { w }, { l1, l2 }) => {
    const out = host.output([]);
    const size = sizeOf(w);
    const grains = grainsOf(size);
    const sums = host.scratch(grains * BYTES_A_GRAIN);
    host.run('sizesOfWeights', [host.address(w), sums, size], grains, size);
    host.exports.weightPenalty(sums, size, l1, l2, host.address(out));
    return out;
  });
  registerFused<{ w: TensorInfo; dy: TensorInfo }, Strengths>(
    'WellfitWeightPenaltyGradient',
    (host, { w, dy }, { l1, l2 }) => {
      const dw = host.output(w.shape);
      const size = sizeOf(w);
      const addresses = [w, dy, dw].map((tensor) => host.address(tensor));
      const grains = grainsOf(size);
      host.run('weightPenaltyGradient', [...addresses, size, l1, 2 * l2], grains, size);
      return dw;
    },
  );
}

interface Strengths {
  readonly l1: number;
  readonly l2: number;
}
