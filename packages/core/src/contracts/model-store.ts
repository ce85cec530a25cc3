import type { Model } from './model.js';

/** Keeps models that callbacks ask to save, for instance in the folder of a run. */
export interface ModelStore {
  /**
   * Saves a model, in place of what has that name.
   *
   * @param name Letters, digits, and `-` between them.
   */
  save(name: string, model: Model): Promise<void>;
  /** Removes what has that name; nothing happens where there is none. */
  remove(name: string): Promise<void>;
}
