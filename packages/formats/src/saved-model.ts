import type { SequentialConfig } from '@wellfit/layers';

/** The values of one weight in row-major order, without a backend. */
export interface SavedWeight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a file holds: an architecture and its weights, as plain data that needs no backend and no disposing. */
export interface SavedModel {
  readonly config: SequentialConfig;
  /** By name, for instance `hidden_1/kernel`, in the order of the layers. */
  readonly weights: ReadonlyMap<string, SavedWeight>;
  /** What of the file has no place in a wellfit model, one sentence each; empty for what wellfit has written. */
  readonly notes: readonly string[];
}
