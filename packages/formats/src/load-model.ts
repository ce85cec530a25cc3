import { detectFormat } from './detect-format.js';
import { formats } from './formats.js';
import type { SavedModel } from './saved-model.js';

/**
 * Loads a model in whatever format it is, which its content says.
 *
 * @returns Plain data; `buildModel` makes a model of it. Its `notes` say what was left out.
 * @throws FormatError as {@link detectFormat} and `ModelFormat.load` do.
 * @example
 * const { config, notes } = await loadModel('model.h5');
 */
export async function loadModel(path: string): Promise<SavedModel> {
  return formats[await detectFormat(path)].load(path);
}
