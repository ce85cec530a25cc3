import type { LoadContext } from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';
import { hashFile } from './hash-file.js';
import type { RemoteFile, RemotePlace } from './remote-file.js';

/** A file of which `read` tells whether a copy is right. */
export interface CheckedFile<T> extends RemotePlace {
  /** How a right copy is recognized, for messages; such as `with SHA-256 6966...`. */
  readonly identity: string;
  /**
   * Largest size of a copy in a mirror, for a file that is recognized by its contents: the same contents packed anew
   * have other bytes. Where it is absent, every copy has exactly `bytes` bytes.
   */
  readonly mostBytes?: number;
  /**
   * Reads a copy.
   *
   * @throws DatasetError where the copy is not right, with a message that says what `it` is or has; the system's error
   * where it cannot be read; the signal's reason.
   */
  read(this: void, path: string, context: LoadContext): Promise<T>;
}

/** Recognizes a file by its hash; reading it makes nothing of it. */
export function checkedByHash(file: RemoteFile): CheckedFile<void> {
  const [algorithm, label, expected] =
    file.sha256 === undefined
      ? (['md5', 'MD5', file.md5] as const)
      : (['sha256', 'SHA-256', file.sha256] as const);
  return {
    name: file.name,
    bytes: file.bytes,
    urls: file.urls,
    identity: `with ${label} ${expected}`,
    async read(path, { signal }) {
      const actual = await hashFile(path, algorithm, signal);
      if (actual === expected) return;
      throw new DatasetError('wrong-hash', `it has ${label} ${actual}, expected ${expected}`);
    },
  };
}
