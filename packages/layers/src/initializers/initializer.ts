import type { Named, RandomStream } from '@wellfit/core';
import type { InitializerConfig } from '../layer-config.js';
import type { Fan } from './fans.js';

/** Chooses the initial values of a weight. */
export interface Initializer extends Named {
  /** Its name and all its options, from which `initializerFrom` makes it again. */
  readonly config: InitializerConfig;
  /**
   * The values of a new weight: a pure function of the shape and of what the stream gives, the same on every backend.
   *
   * @param shape Kernels are `[inputs, outputs]` or `[height, width, inputs, outputs]`.
   * @param fan See `fans`.
   * @param random The weight's own stream; initializers that draw nothing leave it alone.
   * @returns As many values as `shape` has elements, in row-major order.
   */
  values(shape: readonly number[], fan: Fan, random: RandomStream): Float32Array;
}
