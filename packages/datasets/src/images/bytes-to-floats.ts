import { tensor1d, tensor4d, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '@wellfit/core';

/**
 * Looks up every byte of a batch in a table, by a kernel where the backend has one; the bits are the same.
 *
 * @param bytes Copied: they may change afterwards.
 * @param shape Rows, height, width and channels.
 * @param table As `scaleTable` makes it: 256 floats, or 256 for each channel.
 * @returns Whoever receives it disposes it.
 */
export function bytesToFloats(
  bytes: Uint8Array,
  shape: [rows: number, height: number, width: number, channels: number],
  table: Float32Array,
): Tensor {
  if (!hasKernel('WellfitBytesToFloats')) return tensor4d(lookUp(bytes, table), shape);
  return tidy(() => {
    const inputs = { bytes: tensor4d(bytes, shape, 'bool'), table: tensor1d(table) };
    return runKernel('WellfitBytesToFloats', inputs)[0] as Tensor4D;
  });
}

function lookUp(bytes: Uint8Array, table: Float32Array): Float32Array {
  const out = new Float32Array(bytes.length);
  // Without a cycle over channels where there is nothing to cycle over: one lookup per byte.
  if (table.length === 256) {
    for (let i = 0; i < bytes.length; i++) out[i] = table[bytes[i]];
    return out;
  }
  for (let i = 0, channel = 0; i < bytes.length; i++) {
    out[i] = table[channel + bytes[i]];
    channel += 256;
    if (channel === table.length) channel = 0;
  }
  return out;
}
