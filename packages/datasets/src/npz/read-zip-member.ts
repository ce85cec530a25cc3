import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { DatasetError } from '../dataset-error.js';

/** Deflate grows data at most 1,032 times, so a piece of this size never becomes more than 68 MB at once. */
const PIECE = 2 ** 16;

/**
 * Inflates one member of a zip archive, such as an `.npz`, and leaves the others packed.
 *
 * @param maxBytes The member may not be larger, whatever it declares: inflating stops there.
 * @throws DatasetError `bad-zip` where the archive is damaged, cut off or lacks the member; `too-large`.
 */
export function readZipMember(zip: Uint8Array, name: string, maxBytes: number): Uint8Array {
  let member: Member | undefined;
  const names: string[] = [];
  const unzip = new Unzip((file) => {
    names.push(file.name);
    if (file.name === name && member === undefined) member = collect(file, maxBytes);
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < zip.length && !member?.complete; at += PIECE) {
      unzip.push(zip.subarray(at, at + PIECE), at + PIECE >= zip.length);
    }
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError('bad-zip', `The zip archive is damaged: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (member === undefined) {
    const found = names.length > 0 ? `it has ${names.slice(0, 20).join(', ')}` : 'it has no members';
    throw new DatasetError('bad-zip', `The zip archive holds no ${name}: ${found}`);
  }
  const { bytes, size, complete } = member;
  if (!complete || size !== bytes.length) {
    throw new DatasetError(
      'bad-zip',
      `${name} ends after ${size} of ${bytes.length} bytes: the archive is cut off`,
    );
  }
  return bytes;
}

interface Member {
  readonly bytes: Uint8Array;
  size: number;
  complete: boolean;
}

function collect(file: UnzipFile, maxBytes: number): Member {
  const { name, originalSize } = file;
  if (originalSize === undefined) {
    throw new DatasetError(
      'bad-zip',
      `${name} does not declare its size before its data, which is not supported`,
    );
  }
  if (originalSize > maxBytes) {
    throw new DatasetError(
      'too-large',
      `${name} declares ${originalSize} bytes, more than the ${maxBytes} allowed`,
    );
  }
  const member: Member = { bytes: new Uint8Array(originalSize), size: 0, complete: false };
  file.ondata = (error, chunk, final) => {
    if (error !== null) throw error;
    if (member.size + chunk.length > originalSize) {
      throw new DatasetError(
        'too-large',
        `${name} holds more than the ${originalSize} bytes that it declares`,
      );
    }
    member.bytes.set(chunk, member.size);
    member.size += chunk.length;
    member.complete = final;
  };
  file.start();
  return member;
}
