import type { Named } from '@wellfit/core';
import type { SavedModel } from './saved-model.js';

/** The formats by name: a TensorFlow.js layers model, Keras' HDF5 file and Keras 3's `.keras` file. */
export type FormatName = 'tfjs' | 'keras-h5' | 'keras';

/** Writes and reads models in one format. */
export interface ModelFormat extends Named {
  readonly name: FormatName;
  /** One sentence for help texts. */
  readonly description: string;
  /**
   * Writes a model that predicts what `model` predicts, output activation included. What was there before is replaced
   * when the new one is complete; a process that is killed meanwhile leaves no half-written model.
   *
   * @param path File, or for `tfjs` a folder. Missing folders above it are created.
   * @throws FormatError `bad-name`, `wrong-weights`, `path-taken` or `write-failed`.
   */
  save(model: SavedModel, path: string): Promise<void>;
  /**
   * Reads a model. The content is checked before memory is taken for it, as files may come from anybody.
   *
   * @throws FormatError `not-found`, `read-failed`, `bad-file`, `too-large`, `unsupported-layer`,
   * `unsupported-model` or `wrong-weights`.
   */
  load(path: string): Promise<SavedModel>;
}
