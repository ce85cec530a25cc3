import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { DatasetError } from '../dataset-error.js';
import { messageOf, systemCode } from '../download/file-errors.js';

/** A file in an archive, known by its hash. */
export interface TarMember {
  /** Last part of its path in the archive. */
  readonly name: string;
  /** Exact size. */
  readonly bytes: number;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
}

/** How {@link readTarMembers} reads. */
export interface ReadTarOptions {
  /** Unpacking stops where all members together, with whatever lies between them, have more bytes. */
  readonly mostBytes: number;
  readonly signal?: AbortSignal;
  /** Called with the bytes unpacked so far. */
  readonly onBytes?: (done: number) => void;
}

/**
 * Reads members of a gzipped tar archive one after the other, in the order of the archive, and hands each on as soon as
 * it is complete and its hash is right. Other members are passed over. Nothing is written anywhere.
 *
 * @param use Gets the member's bytes, which are used again for the next one.
 * @throws DatasetError `bad-gzip`, `bad-tar`, `too-large`; `wrong-hash` for a member that is missing or another;
 * the system's error where the file cannot be read; the signal's reason; what `use` throws.
 */
export async function readTarMembers(
  path: string,
  members: readonly TarMember[],
  use: (member: TarMember, bytes: Uint8Array) => void,
  options: ReadTarOptions,
): Promise<void> {
  const missing = new Map(members.map((member) => [member.name, member]));
  const buffer = new Uint8Array(Math.max(0, ...members.map(({ bytes }) => bytes)));
  const archive = extract();
  // Kept apart, since it says nothing of the archive.
  let thrown: { readonly error: unknown } | undefined;

  const readAll = async (): Promise<void> => {
    for await (const entry of archive) {
      const member = missing.get(lastPart(entry.header.name));
      if (member === undefined) {
        entry.resume();
        continue;
      }
      checkHeader(member, entry.header);
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of entry as AsyncIterable<Uint8Array>) {
        hash.update(chunk);
        buffer.set(chunk, size);
        size += chunk.length;
      }
      const sha256 = hash.digest('hex');
      if (sha256 !== member.sha256) {
        throw new DatasetError(
          'wrong-hash',
          `its member ${member.name} has SHA-256 ${sha256}, expected ${member.sha256}`,
        );
      }
      missing.delete(member.name);
      try {
        use(member, buffer.subarray(0, size));
      } catch (error) {
        thrown = { error };
        throw error;
      }
    }
  };
  const feed = pipeline(
    createReadStream(path, { highWaterMark: 2 ** 18 }),
    createGunzip({ chunkSize: 2 ** 18 }),
    (chunks: AsyncIterable<Uint8Array>) => limited(chunks, options),
    archive,
    { signal: options.signal },
  );
  const failed = await Promise.allSettled([readAll(), feed]).then((results) =>
    results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])),
  );
  options.signal?.throwIfAborted();
  if (thrown) throw thrown.error;
  if (failed.length > 0) throw readError(failed);
  if (missing.size > 0) {
    const names = [...missing.keys()].join(', ');
    throw new DatasetError('wrong-hash', `it lacks ${names}`);
  }
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function checkHeader({ name, bytes }: TarMember, { type, size }: Header): void {
  if (type !== 'file' || size !== bytes) {
    throw new DatasetError(
      'wrong-hash',
      `its member ${name} is a ${type} of ${size} bytes, expected a file of ${bytes}`,
    );
  }
}

async function* limited(
  chunks: AsyncIterable<Uint8Array>,
  { mostBytes, onBytes }: ReadTarOptions,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of chunks) {
    done += chunk.length;
    if (done > mostBytes) {
      throw new DatasetError('too-large', `it unpacks to more than the ${mostBytes} bytes allowed`);
    }
    onBytes?.(done);
    yield chunk;
  }
}

/** Of the errors of both ends of the pipe, the one that was first: the other end only reports that it was closed. */
function readError(errors: readonly unknown[]): unknown {
  const own = errors.find((error) => error instanceof DatasetError);
  if (own !== undefined) return own;
  const coded = errors.find((error) => systemCode(error) !== undefined) ?? errors[0];
  const code = systemCode(coded);
  if (code?.startsWith('Z_')) {
    return new DatasetError('bad-gzip', `it is no intact gzip file: ${messageOf(coded)}`, { cause: coded });
  }
  if (code?.startsWith('E') && !code.startsWith('ERR_')) return coded;
  return new DatasetError('bad-tar', `it holds no intact tar archive: ${messageOf(coded)}`, { cause: coded });
}
