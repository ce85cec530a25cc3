import type { Named } from './named.js';

/** What is known of a backend on this host before anything is loaded for good. */
export interface Probe {
  readonly available: boolean;
  /** One line: version and features, or why it is missing and how to get it. */
  readonly detail: string;
}

/**
 * How a backend rounds. `exact`: after every operation, so that every host gives the same bits. `fast`: a product and the
 * sum that it goes into may be rounded once, and the last bits differ from host to host. Runs that differ in it are
 * never compared bit by bit.
 */
export type NumericsChoice = 'exact' | 'fast';

/**
 * How results were computed: as chosen; by the `stock` kernels of TensorFlow.js where those of wellfit do not run; or by
 * the `native` library of TensorFlow, whose last bits are those of its version, its build and its processor.
 */
export type Numerics = NumericsChoice | 'stock' | 'native';

/** What computes after a backend was activated. */
export interface Activation {
  readonly numerics: Numerics;
  /** A few words for the head of a run, for instance `2 threads`; empty where there is nothing to say. */
  readonly detail: string;
  /** Why it is so, one clause; empty where it is always so. */
  readonly reason: string;
  /** Versions that decide its numbers besides those of the packages, for the record: `{ tensorflow: '2.21.0' }`. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** A TensorFlow.js backend that wellfit can train on. */
export interface Backend extends Named {
  probe(): Promise<Probe>;
  /** Makes it the current TensorFlow.js backend; throws with advice where it cannot. */
  activate(): Promise<Activation>;
}
