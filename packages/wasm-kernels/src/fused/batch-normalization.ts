import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import { registerFused } from './register-fused.js';

/** Elements of a chunk, about: 16 KiB, half of the nearest cache. */
const ELEMENTS_A_CHUNK = 4096;

const FLOAT = 4;

/**
 * `WellfitBatchNormalization`: `gamma (x - mean) / sqrt(variance + epsilon) + beta` by the statistics of `x` itself over
 * all axes but the last. Returns `[y, mean, variance]`, the variance divided by the number of rows.
 *
 * `WellfitBatchNormalizationGradient`: the gradients by x, gamma and beta, given `dy` and what the above was given and
 * returned. Returns all three.
 *
 * `WellfitMovingAverage`: `average = average * momentum + current * (1 - momentum)`, in place; no output.
 */
export function registerBatchNormalization(): void {
  registerFused<NormalizationInputs, EpsilonAttrs>(
    'WellfitBatchNormalization',
    (host, inputs, { epsilon }) => {
      const { x, gamma, beta } = inputs;
      const { rows, channels, chunks, rowsAChunk } = partition(x);
      const y = host.output(x.shape);
      const mean = host.output([channels]);
      const variance = host.output([channels]);
      const sums = host.scratch((3 * chunks + 1) * channels * FLOAT);
      const scale = sums + 3 * chunks * channels * FLOAT;
      const [from, center, spread] = [x, mean, variance].map((tensor) => host.address(tensor));
      const size = rows * channels;

      host.run('batchSums', [from, sums, rows, channels, rowsAChunk], chunks, 2 * size);
      host.exports.batchMoments(sums, rows, channels, rowsAChunk, center, spread);
      host.exports.batchScale(spread, host.address(gamma), epsilon, channels, scale);
      const factors = [center, scale, host.address(beta)];
      const args = [from, ...factors, host.address(y), rows, channels, rowsAChunk];
      host.run('batchNormalize', args, chunks, 2 * size);
      return [y, mean, variance];
    },
  );
  registerFused<GradientInputs, EpsilonAttrs>('WellfitBatchNormalizationGradient', gradient);
  registerFused<MovingAverageInputs, { momentum: number }>(
    'WellfitMovingAverage',
    (host, { average, current }, { momentum }) => {
      const addresses = [host.address(average), host.address(current)] as const;
      host.exports.movingAverage(...addresses, momentum, 1 - momentum, average.shape[0]);
      return [];
    },
  );
}

function gradient(host: KernelHost, inputs: GradientInputs, { epsilon }: EpsilonAttrs): TensorInfo[] {
  const { dy, x, gamma, mean, variance } = inputs;
  const { rows, channels, chunks, rowsAChunk } = partition(x);
  const dx = host.output(x.shape);
  const dGamma = host.output([channels]);
  const dBeta = host.output([channels]);
  const sums = host.scratch((2 * chunks + 3) * channels * FLOAT);
  const factors = sums + 2 * chunks * channels * FLOAT;
  const given = [dy, x, mean].map((tensor) => host.address(tensor));
  const size = rows * channels;

  host.run('batchGradientSums', [...given, sums, rows, channels, rowsAChunk], chunks, 2 * size);
  host.exports.batchGradientFactors(
    sums,
    chunks,
    rows,
    channels,
    host.address(variance),
    host.address(gamma),
    epsilon,
    host.address(dGamma),
    host.address(dBeta),
    factors,
  );
  const args = [...given, factors, host.address(dx), rows, channels, rowsAChunk];
  host.run('batchInputGradient', args, chunks, 3 * size);
  return [dx, dGamma, dBeta];
}

/** How the rows are divided: a function of the shape alone, so that the bits are too. */
export function partition({ shape }: TensorInfo): {
  rows: number;
  channels: number;
  chunks: number;
  rowsAChunk: number;
} {
  const channels = shape[shape.length - 1];
  const rows = shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const rowsAChunk = Math.min(256, Math.max(16, Math.ceil(ELEMENTS_A_CHUNK / channels)));
  return { rows, channels, chunks: Math.ceil(rows / rowsAChunk), rowsAChunk };
}

interface NormalizationInputs {
  readonly x: TensorInfo;
  readonly gamma: TensorInfo;
  readonly beta: TensorInfo;
}

interface GradientInputs {
  readonly dy: TensorInfo;
  readonly x: TensorInfo;
  readonly gamma: TensorInfo;
  readonly mean: TensorInfo;
  readonly variance: TensorInfo;
}

interface MovingAverageInputs {
  readonly average: TensorInfo;
  readonly current: TensorInfo;
}

interface EpsilonAttrs {
  readonly epsilon: number;
}
