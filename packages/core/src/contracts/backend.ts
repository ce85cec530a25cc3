import type { Named } from './named.js';

/** What is known of a backend on this host before anything is loaded for good. */
export interface Probe {
  readonly available: boolean;
  /** One line: version and features, or why it is missing and how to get it. */
  readonly detail: string;
}

/** A TensorFlow.js backend that wellfit can train on. */
export interface Backend extends Named {
  probe(): Promise<Probe>;
  /** Makes it the current TensorFlow.js backend; throws with advice where it cannot. */
  activate(): Promise<void>;
}
