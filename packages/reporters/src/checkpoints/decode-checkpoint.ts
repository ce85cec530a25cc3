import { createHash } from 'node:crypto';
import type { Checkpoint, SavedTensor } from '@wellfit/core';
import type { z } from 'zod';
import { ReporterError } from '../errors.js';
import { isShallow } from '../is-shallow.js';
import { HASH_LENGTH, headerSchema, MAGIC, type CheckpointOrigin } from './checkpoint-layout.js';

type TensorHeader = z.output<typeof headerSchema>['tensors'][number];

/**
 * Reads back what `encodeCheckpoint` wrote. The bytes are checked, as they may come from anybody; the values are copied.
 *
 * @param place What the bytes are of, for messages.
 * @throws ReporterError `bad-checkpoint` for bytes that are torn, damaged or no checkpoint.
 */
export function decodeCheckpoint(
  bytes: Uint8Array,
  place: string,
): { readonly checkpoint: Checkpoint; readonly origin: CheckpointOrigin } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw bad(place, 'is no checkpoint');
  const body = file.subarray(0, -HASH_LENGTH);
  const start = MAGIC.length + 4;
  const digest = createHash('sha256').update(body).digest();
  if (body.length < start || !digest.equals(file.subarray(-HASH_LENGTH))) {
    throw bad(place, 'is incomplete or damaged: its hash is not that of its content');
  }
  const end = start + body.readUInt32LE(MAGIC.length);
  const { origin, tensors, ...rest } = headerOf(body.subarray(start, end), place);
  return { origin, checkpoint: { ...rest, tensors: valuesOf(tensors, body.subarray(end), place) } };
}

function headerOf(text: Buffer, place: string): z.output<typeof headerSchema> {
  let content: unknown;
  try {
    content = JSON.parse(text.toString());
  } catch (cause) {
    throw bad(place, 'has a header that is not JSON', cause);
  }
  if (!isShallow(content)) throw bad(place, 'has a header that is nested too deeply');
  const result = headerSchema.safeParse(content);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw bad(place, `has a wrong ${path.map(String).join('.')}: ${message}`);
}

function valuesOf(headers: readonly TensorHeader[], data: Buffer, place: string): SavedTensor[] {
  let at = 0;
  const tensors = headers.map(({ name, shape, dtype }) => {
    const size = 4 * shape.reduce((product, side) => product * side, 1);
    if (!(at + size <= data.length)) throw bad(place, `ends within ${name}`);
    // A copy: the values need not lie at a multiple of 4 bytes in the file.
    const { buffer } = Uint8Array.from(data.subarray(at, at + size));
    at += size;
    return { name, shape, values: dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer) };
  });
  if (at !== data.length) throw bad(place, `has ${data.length - at} bytes too many`);
  return tensors;
}

function bad(place: string, what: string, cause?: unknown): ReporterError {
  const message = `${place} ${what}. Remove it, and the run starts from its first epoch.`;
  return new ReporterError('bad-checkpoint', message, { cause });
}
