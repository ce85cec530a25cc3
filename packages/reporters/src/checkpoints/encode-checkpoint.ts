import { createHash } from 'node:crypto';
import type { Checkpoint } from '@wellfit/core';
import { HASH_LENGTH, MAGIC, type CheckpointOrigin } from './checkpoint-layout.js';

/**
 * A checkpoint as bytes: `wellfit checkpoint\n`, the length of the header (uint32), the header as JSON, the values of the
 * tensors one after the other, and the SHA-256 of all that. Numbers are little-endian.
 *
 * @param origin What the run was computed by; `decodeCheckpoint` gives it back.
 */
export function encodeCheckpoint(checkpoint: Checkpoint, origin: CheckpointOrigin): Uint8Array {
  const { tensors, ...rest } = checkpoint;
  const header = Buffer.from(
    JSON.stringify({
      origin,
      ...rest,
      tensors: tensors.map(({ name, shape, values }) => ({
        name,
        shape,
        dtype: values instanceof Int32Array ? 'int32' : 'float32',
      })),
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const values = tensors.map(({ values: { buffer, byteOffset, byteLength } }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  const parts = [MAGIC, length, header, ...values];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const digest = hash.digest();
  const size = parts.reduce((sum, part) => sum + part.length, HASH_LENGTH);
  return Buffer.concat([...parts, digest], size);
}
