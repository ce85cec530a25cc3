import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { reading } from './files/read-bytes.js';
import { FormatError } from './format-error.js';
import type { FormatName } from './model-format.js';

/**
 * Finds the format of a model by its content: a folder with a `model.json`, or the first bytes of a file.
 *
 * @throws FormatError `not-found`, `read-failed`; `unknown-format` where it is none of them.
 */
export async function detectFormat(path: string): Promise<FormatName> {
  const found = await reading(path, () => stat(path));
  if (found.isDirectory()) {
    const inside = await stat(join(path, 'model.json')).catch(() => undefined);
    if (inside?.isFile() === true) return 'tfjs';
    throw unknown(path, 'a folder without a model.json');
  }
  if (!found.isFile()) throw unknown(path, 'neither a file nor a folder');
  const start = await reading(path, () => firstBytes(path));
  if (start.startsWith('\x89HDF\r\n\x1a\n')) return 'keras-h5';
  if (start.startsWith('PK\x03\x04')) return 'keras';
  if (start.trimStart().startsWith('{')) return 'tfjs';
  throw unknown(path, 'neither HDF5, nor a zip archive, nor JSON');
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function unknown(path: string, what: string): FormatError {
  const known = 'a folder of TensorFlow.js, a .h5 or a .keras file of Keras';
  return new FormatError('unknown-format', `${path} is ${what}. A model is ${known}.`);
}
