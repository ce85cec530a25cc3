import { z } from 'zod';
import type { FoundWeight } from '../config/collect-weights.js';
import { sizeOf } from '../config/layer-weights.js';
import { FormatError } from '../format-error.js';
import { LARGEST_FILE, MOST_FILES } from '../limits.js';
import type { SavedWeight } from '../saved-model.js';

/** Which weights stand in which files, one after the other. */
export const manifestSchema = z
  .array(
    z.looseObject({
      paths: z.array(z.string()).min(1).max(MOST_FILES),
      weights: z.array(
        z.looseObject({
          name: z.string(),
          shape: z.array(z.int().min(0)),
          dtype: z.string(),
          quantization: z.unknown().optional(),
        }),
      ),
    }),
  )
  .max(MOST_FILES);

type Manifest = z.output<typeof manifestSchema>;

/** The manifest of weights that all stand in one file. */
export function manifestOf(path: string, weights: ReadonlyMap<string, SavedWeight>): Manifest {
  const entries = [...weights].map(([name, { shape }]) => ({ name, shape: [...shape], dtype: 'float32' }));
  return [{ paths: [path], weights: entries }];
}

/** The values of all weights, one after the other, little-endian. */
export function packed(weights: ReadonlyMap<string, SavedWeight>): Uint8Array {
  const values = [...weights.values()].map((weight) => weight.values);
  const bytes = new Uint8Array(4 * values.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of values) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/**
 * Reads the weights that a manifest names.
 *
 * @param read The bytes of a file beside the manifest.
 * @throws FormatError `bad-file` where a path leads elsewhere or the files are shorter or longer than they should be;
 * `unsupported-model` for weights that are not plain 32-bit floats; `too-large`.
 */
export async function unpack(
  manifest: Manifest,
  read: (file: string) => Promise<Uint8Array>,
): Promise<Map<string, FoundWeight>> {
  const found = new Map<string, FoundWeight>();
  let total = 0;
  for (const { paths, weights } of manifest) {
    for (const { name, dtype, quantization, shape } of weights) {
      if (dtype !== 'float32' || quantization !== undefined) {
        const what = quantization === undefined ? dtype : 'quantized';
        throw new FormatError(
          'unsupported-model',
          `The weight ${name} is ${what}; only plain float32 is supported.`,
        );
      }
      total += 4 * sizeOf(shape);
    }
    if (!(total <= LARGEST_FILE))
      throw new FormatError('too-large', `The weights would take ${total} bytes.`);
    const bytes = await concatenated(paths, read);
    const expected = weights.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
    if (bytes.length !== expected) {
      const message = `${paths.join(', ')} should have ${expected} bytes, but has ${bytes.length}. Is it complete?`;
      throw new FormatError('bad-file', message);
    }
    let at = 0;
    for (const { name, shape } of weights) {
      const part = bytes.slice(at, at + 4 * sizeOf(shape));
      found.set(name, { shape, values: () => new Float32Array(part.buffer) });
      at += part.length;
    }
  }
  return found;
}

async function concatenated(
  paths: readonly string[],
  read: (file: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const path of paths) {
    if (/[/\\]/.test(path) || path.startsWith('.')) {
      throw new FormatError('bad-file', `The model names weights in ${path}, which is not beside it.`);
    }
    const part = await read(path);
    parts.push(part);
    length += part.length;
    if (length > LARGEST_FILE)
      throw new FormatError('too-large', `The weights take more than ${LARGEST_FILE} bytes.`);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
