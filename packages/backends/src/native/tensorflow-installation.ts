import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { BackendError } from '../errors.js';
import { elfMachine } from './elf-machine.js';

/** A TensorFlow that is installed somewhere: a Python wheel, or the library for C. */
export interface TensorflowInstallation {
  readonly folder: string;
  /** The folder that holds `libraries`. */
  readonly libraryFolder: string;
  /** Absolute paths: the library itself, then its framework. */
  readonly libraries: readonly [string, string];
  /** Holds `tensorflow/c/c_api.h`. */
  readonly include: string;
}

const FRAMEWORK = 'libtensorflow_framework.so.2';
/** Of the Python wheel, and of the library for C. */
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow.so.2'];
/** Those that the sources of the addon include. */
const HEADERS = ['c/c_api.h', 'c/eager/c_api.h', 'c/tf_tensor.h', 'core/platform/ctstring_internal.h'];

/**
 * Finds libraries and headers of a TensorFlow.
 *
 * @param path The folder of the Python package, one above it (`site-packages`, a virtual environment), or an unpacked
 *   library for C.
 * @throws BackendError `bad-option` where there is none; `no-tensorflow` where it does not fit: another architecture,
 *   TensorFlow 1, no headers.
 */
export function tensorflowInstallation(path: string): TensorflowInstallation {
  const start = resolve(path);
  if (!existsSync(start)) throw new BackendError('bad-option', `There is no ${start}. ${ADVICE}`);
  const folders = candidates(start);
  for (const folder of folders) {
    for (const libraryFolder of [folder, join(folder, 'lib')]) {
      const library = LIBRARIES.map((name) => join(libraryFolder, name)).find((file) => existsSync(file));
      const framework = join(libraryFolder, FRAMEWORK);
      if (library && existsSync(framework)) return checked(folder, libraryFolder, [library, framework]);
    }
  }
  const other = folders.flatMap((folder) => [folder, join(folder, 'lib')]).find(hasOtherVersion);
  if (other) {
    throw new BackendError(
      'no-tensorflow',
      `${other} holds a TensorFlow of another version than 2, on which the addon of tfjs-node cannot be built. ${ADVICE}`,
    );
  }
  throw new BackendError('bad-option', `${start} holds no ${LIBRARIES[0]} with ${FRAMEWORK}. ${ADVICE}`);
}

const ADVICE =
  'Name a TensorFlow 2 by --tensorflow, for instance the folder that this prints after pip install tensorflow-cpu: ' +
  'python3 -c "import tensorflow as tf; print(tf.sysconfig.get_lib())"';

function candidates(start: string): string[] {
  const lib = join(start, 'lib');
  const pythons = existsSync(lib) ? readdirSync(lib).filter((name) => /^python3\.\d+$/.test(name)) : [];
  return [
    start,
    join(start, 'tensorflow'),
    ...pythons.map((name) => join(lib, name, 'site-packages', 'tensorflow')),
  ];
}

function hasOtherVersion(folder: string): boolean {
  const pattern = /^libtensorflow(_cc|_framework)?\.so\.(?!2\b)\d+/;
  return existsSync(folder) && readdirSync(folder).some((name) => pattern.test(name));
}

function checked(
  folder: string,
  libraryFolder: string,
  libraries: readonly [string, string],
): TensorflowInstallation {
  for (const file of libraries) {
    const machine = elfMachine(realpathSync(file));
    if (machine === process.arch) continue;
    const what = machine === undefined ? 'is damaged, or no library for Linux' : `is made for ${machine}`;
    throw new BackendError(
      'no-tensorflow',
      `${file} ${what}, and this Node.js runs on ${process.arch}. Install the TensorFlow for ${process.arch}.`,
    );
  }
  const include = join(folder, 'include');
  const missing = HEADERS.find((name) => !existsSync(join(include, 'tensorflow', name)));
  if (missing !== undefined) {
    throw new BackendError(
      'no-tensorflow',
      `TensorFlow's headers are incomplete: ${join(include, 'tensorflow', missing)} is missing, beside ` +
        `${basename(libraries[0])}. Reinstall it from its wheel, which brings them. ${ADVICE}`,
    );
  }
  return { folder, libraryFolder, libraries, include };
}
