import {
  FusedBatchNorm,
  type FusedBatchNormAttrs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { partition } from './fused/batch-normalization.js';
import { heapOf } from './host/emscripten-heap.js';
import type { KernelHost } from './host/kernel-host.js';
import { hostOf } from './hosts.js';
import { replaceKernel } from './replace-kernel.js';

const FLOAT = 4;

/** `batchNorm` by given statistics, as in inference: one factor and one offset a channel. */
export function registerFusedBatchNorm(): void {
  replaceKernel(FusedBatchNorm, (stock) => fusedBatchNorm(stock!));
}

function fusedBatchNorm(stock: KernelFunc): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { x, mean, variance, offset, scale } = inputs as Inputs;
    const { varianceEpsilon } = attrs as unknown as FusedBatchNormAttrs;
    const channels = x.shape.at(-1);
    const given = [mean, variance, offset, scale].filter((tensor) => tensor !== undefined);
    const isPlain = [x, ...given].every(({ dtype }) => dtype === 'float32');
    // Statistics may also have the shape of x.
    if (!isPlain || !given.every(({ shape }) => shape.length === 1 && shape[0] === channels)) {
      return stock({ inputs, backend, attrs });
    }
    return normalize(hostOf(backend), x, { mean, variance, offset, scale }, varianceEpsilon);
  };
}

function normalize(
  host: KernelHost,
  x: TensorInfo,
  { mean, variance, offset, scale }: Omit<Inputs, 'x'>,
  epsilon: number,
): TensorInfo {
  const { rows, channels, chunks, rowsAChunk } = partition(x);
  const y = host.output(x.shape);
  const factors = host.scratch(2 * channels * FLOAT);
  const ones = factors + channels * FLOAT;
  const beta = offset ? host.address(offset) : host.zeros(channels * FLOAT);
  if (!scale) new Float32Array(heapOf(host.backend).HEAPU8.buffer, ones, channels).fill(1);
  const gamma = scale ? host.address(scale) : ones;
  host.exports.batchScale(host.address(variance), gamma, epsilon, channels, factors);
  const args = [
    host.address(x),
    host.address(mean),
    factors,
    beta,
    host.address(y),
    rows,
    channels,
    rowsAChunk,
  ];
  host.run('batchNormalize', args, chunks, rows * channels);
  return y;
}

type Inputs = Record<'x' | 'mean' | 'variance', TensorInfo> & Partial<Record<'offset' | 'scale', TensorInfo>>;
