import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/**
 * Hash of a file in lower-case hexadecimal, read in pieces of 1 MiB.
 *
 * @throws The system's error where the file cannot be read, or the signal's reason.
 */
export async function hashFile(
  path: string,
  algorithm: 'sha256' | 'md5',
  signal?: AbortSignal,
): Promise<string> {
  signal?.throwIfAborted();
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Uint8Array);
  }
  return hash.digest('hex');
}
