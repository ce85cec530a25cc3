import { extname } from 'node:path';
import type { Model } from '@wellfit/core';
import { formats } from './formats.js';
import { savedModel } from './to-saved-model.js';
import type { FormatName } from './model-format.js';

/**
 * Saves a model.
 *
 * @param path File, or for `tfjs` a folder; what was there is replaced, see `ModelFormat.save`.
 * @param format By default as the extension says: `.h5` and `.hdf5` are `keras-h5`, `.keras` is `keras`, all else `tfjs`.
 * @throws FormatError as {@link savedModel} and `ModelFormat.save` do.
 * @example
 * await saveModel(model, 'models/mine.keras');
 */
export async function saveModel(
  model: Model,
  path: string,
  format: FormatName = formatOf(path),
): Promise<void> {
  await formats[format].save(savedModel(model), path);
}

function formatOf(path: string): FormatName {
  const extension = extname(path).toLowerCase();
  if (extension === '.h5' || extension === '.hdf5') return 'keras-h5';
  return extension === '.keras' ? 'keras' : 'tfjs';
}
