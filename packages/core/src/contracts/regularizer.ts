import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { RandomStream } from '../random/random-stream.js';
import type { Named } from './named.js';

/** What a noise regularizer is given. */
export interface NoiseContext {
  /** A fresh stream for this site and step: the same numbers on every backend and after a resume. */
  readonly random: RandomStream;
}

/** Acts at sites of a model. Which hook is present decides where: implement exactly the ones that apply. */
export interface Regularizer extends Named {
  /** Kernel sites: a differentiable scalar that is added to the loss. Called inside `tidy`. */
  penalty?(weight: Tensor): Scalar;
  /** Activation and input sites, in training mode only; same shape out. Called inside `tidy`. */
  noise?(x: Tensor, context: NoiseContext): Tensor;
}

/** Which sites: a role, every site, or layers by name. */
export type SiteSelector = 'input' | 'hidden' | 'output' | 'all' | readonly string[];

/** A regularizer and where it acts; by default at the hidden layers. */
export interface PlacedRegularizer {
  readonly regularizer: Regularizer;
  readonly at?: SiteSelector;
}
