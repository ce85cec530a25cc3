import type { TensorInfo } from '@tensorflow/tfjs-core';
import { grainsOf, sizeOf } from './elements.js';
import { registerFused } from './register-fused.js';

/** About how many multiplications a random number costs. */
const WORK_A_NUMBER = 8;

/**
 * `WellfitDropout`: element `i` of `x` times `1 / (1 - rate)` where number `start + i` of a random stream is at least
 * `rate`, else times 0. The numbers are those of `RandomStream` in `@wellfit/core`.
 */
export function registerDropout(): void {
  registerFused<{ x: TensorInfo }, DropoutAttrs>('WellfitDropout', (host, { x }, attrs) => {
    const { rate, key0, key1, start } = attrs;
    const size = sizeOf(x);
    const out = host.output(x.shape);
    const skip = start % 4;
    const args = [host.address(x), host.address(out), size, Math.ceil(rate * 2 ** 24), 1 / (1 - rate)];
    const stream = [key0, key1, (start - skip) / 4, skip];
    const grains = grainsOf(size + skip);
    host.run('dropout', [...args, ...stream], grains, size * WORK_A_NUMBER);
    return out;
  });
}

interface DropoutAttrs {
  /** At least 0 and below 1. */
  readonly rate: number;
  /** The two halves of the stream's key, 32 bits each. */
  readonly key0: number;
  readonly key1: number;
  /** Number of the stream that the first element asks; below 2^34. */
  readonly start: number;
}
