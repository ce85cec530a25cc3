import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * SHA-256 (hex) over the values of tensors, in their order: the hash of the tensors' own hashes, so that no copy of
 * all of them is needed.
 */
export async function digestTensors(tensors: readonly Tensor[]): Promise<string> {
  const hashes = new Uint8Array(32 * tensors.length);
  for (const [i, tensor] of tensors.entries()) {
    const values = tensor.dataSync<'float32'>() as Float32Array<ArrayBuffer>;
    hashes.set(new Uint8Array(await crypto.subtle.digest('SHA-256', values)), 32 * i);
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', hashes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
