import type { TensorInfo } from '@tensorflow/tfjs-core';
import { registerFused } from './register-fused.js';

/** Bytes that are divided among threads in one piece: see `assembly/bytes-to-floats.ts`. */
const BYTES_A_GRAIN = 16384;

/**
 * `WellfitBytesToFloats`: the floats that a table (256 for each channel, `[256 * channels]`) holds for bytes, in the
 * shape of the bytes, whose last axis goes through the channels. Bytes come as a tensor of the type `bool`, the only
 * one of TensorFlow.js that keeps a byte for each value.
 */
export function registerBytesToFloats(): void {
  registerFused<{ bytes: TensorInfo; table: TensorInfo }, object>(
    'WellfitBytesToFloats',
    (host, { bytes, table }) => {
      const out = host.output(bytes.shape);
      const count = bytes.shape.reduce((product, length) => product * length, 1);
      const channels = table.shape[0] / 256;
      const args = [host.address(bytes), host.address(table), host.address(out), count, channels];
      host.run('bytesToFloats', args, Math.ceil(count / BYTES_A_GRAIN), count);
      return out;
    },
  );
}
