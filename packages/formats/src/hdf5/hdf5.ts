import { errorMessage, isWellfitError } from '@wellfit/core';
import type { Group, H5Module } from './h5wasm-types.js';
import { FormatError } from '../format-error.js';

/**
 * The HDF5 library, in the build for browsers although Node has one of its own: its file system is memory alone. So
 * a file that refers to other files (external links, external storage) finds none of the machine's.
 */
async function library() {
  // Loaded when first needed: 4 MB that the TensorFlow.js format can do without.
  const h5wasm = await import('h5wasm');
  const module: H5Module = await h5wasm.ready;
  // Otherwise errors are printed on the console and the calls return nonsense.
  module.activate_throwing_error_handler();
  return { File: h5wasm.File, files: module.FS };
}

let count = 0;

/**
 * Opens an HDF5 file that is in memory.
 *
 * @param name Shown in errors.
 * @throws FormatError `bad-file` where it is damaged or no HDF5 file; what `read` throws on purpose.
 */
export async function readHdf5<T>(name: string, bytes: Uint8Array, read: (root: Group) => T): Promise<T> {
  const { File, files } = await library();
  const path = `/read-${count++}.h5`;
  files.writeFile(path, bytes);
  try {
    const file = new File(path, 'r');
    try {
      return read(file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (isWellfitError(error)) throw error;
    const [reason] = errorMessage(error).trim().split('\n');
    const message = `${name} is no HDF5 file, or a damaged one (${reason}). Is it complete?`;
    throw new FormatError('bad-file', message, { cause: error });
  } finally {
    files.unlink(path);
  }
}

/** Makes an HDF5 file in memory. */
export async function writeHdf5(write: (root: Group) => void): Promise<Uint8Array> {
  const { File, files } = await library();
  const path = `/write-${count++}.h5`;
  try {
    const file = new File(path, 'w');
    try {
      write(file);
    } finally {
      file.close();
    }
    return files.readFile(path);
  } finally {
    if (files.analyzePath(path).exists) files.unlink(path);
  }
}
