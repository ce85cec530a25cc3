import type { Tensor } from '@tensorflow/tfjs-core';
import { valuesInPlace } from '../kernels/values-in-place.js';

/** Digits kept of a tensor's own hash: enough to tell which one differs, in a file with a line for each epoch. */
const SHORT = 8;

/** About so much is hashed at a time, in other threads, so that not every tensor is waited for. */
const MOST_BYTES = 2 ** 25;

/** The digest of named tensors, and what tells which of them differs where digests do. */
export interface NamedDigest {
  /** As {@link digestTensors} gives it. */
  readonly digest: string;
  /** The first 8 hex digits of each tensor's own SHA-256, by name, in the order of the tensors. */
  readonly tensors: Readonly<Record<string, string>>;
}

/**
 * SHA-256 (hex) over the values of tensors, in their order: the hash of the tensors' own hashes, so that no copy of
 * all of them is needed.
 */
export async function digestTensors(tensors: readonly Tensor[]): Promise<string> {
  return hex(await sha256(await hashEach(tensors)));
}

/** The digest of tensors and a short hash of each, which costs nothing more. */
export async function digestNamed(tensors: readonly (readonly [string, Tensor])[]): Promise<NamedDigest> {
  const hashes = await hashEach(tensors.map(([, tensor]) => tensor));
  const short = tensors.map(([name], i) => [name, hex(hashes.subarray(32 * i, 32 * i + SHORT / 2))]);
  return { digest: hex(await sha256(hashes)), tensors: Object.fromEntries(short) as Record<string, string> };
}

/** The hashes of tensors, 32 bytes each. */
async function hashEach(tensors: readonly Tensor[]): Promise<Uint8Array<ArrayBuffer>> {
  const hashes = new Uint8Array(32 * tensors.length);
  let begun: Promise<void>[] = [];
  let bytes = 0;
  for (const [i, tensor] of tensors.entries()) {
    if (bytes > MOST_BYTES) {
      await Promise.all(begun);
      begun = [];
      bytes = 0;
    }
    const values = unshared(valuesInPlace(tensor));
    bytes += values.byteLength;
    begun.push(sha256(values).then((hash) => hashes.set(hash, 32 * i)));
  }
  await Promise.all(begun);
  return hashes;
}

type Floats = Float32Array<ArrayBuffer>;

/** Hashing takes a copy of what it is given at once, but refuses memory that threads share. */
function unshared(values: ReturnType<typeof valuesInPlace>): Floats {
  return (values.buffer instanceof ArrayBuffer ? values : values.slice()) as Floats;
}

async function sha256(data: Uint8Array<ArrayBuffer> | Floats): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', data));
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
