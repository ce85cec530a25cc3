import type { TensorInfo } from '@tensorflow/tfjs-core';
import { registerNative, type Handle, type NativeHost, type Operand } from './native-host.js';
import { ResidentVariable } from './resident-variable.js';

/**
 * `WellfitBatchNormalization`: `gamma (x - mean) / sqrt(variance + epsilon) + beta` by the statistics of `x` itself over
 * all axes but the last: `[y, mean, variance]`, the variance divided by the number of rows.
 *
 * `WellfitBatchNormalizationGradient`: `[dx, dGamma, dBeta]`, given `dy` and what the above was given and returned.
 *
 * `WellfitMovingAverage`: `average = average * momentum + current * (1 - momentum)`, in place; no output.
 */
export function registerBatchNormalization(host: NativeHost): void {
  // TensorFlow takes it where in training there is nothing.
  const nothing = host.handle(new Float32Array(0));

  registerNative<NormalizationInputs, EpsilonAttrs>('WellfitBatchNormalization', (inputs, { epsilon }) => {
    const { x, gamma, beta } = inputs;
    const images = asImages(host, x);
    const operands = [images, gamma, beta, nothing, nothing];
    const outputs = host.run('FusedBatchNormV3', operands, [host.float('epsilon', epsilon)], 6);
    // The second variance is the one divided by the number of rows.
    const [y, mean, unbiased, meanAgain, variance, unused] = outputs;
    free(host, images);
    host.free([unbiased, meanAgain, unused]);
    return [shaped(host, y, x.shape), host.output(mean), host.output(variance)];
  });

  registerNative<GradientInputs, EpsilonAttrs>('WellfitBatchNormalizationGradient', (inputs, { epsilon }) => {
    const { dy, x, gamma, mean, variance } = inputs;
    const images = [dy, x].map((tensor) => asImages(host, tensor));
    const operands = [...images, gamma, mean, variance, nothing];
    const outputs = host.run('FusedBatchNormGradV3', operands, [host.float('epsilon', epsilon)], 5);
    const [dx, dGamma, dBeta, ...unused] = outputs;
    images.forEach((image) => free(host, image));
    host.free(unused);
    return [shaped(host, dx, x.shape), host.output(dGamma), host.output(dBeta)];
  });

  registerNative<{ average: TensorInfo; current: TensorInfo }, { momentum: number }>(
    'WellfitMovingAverage',
    ({ average, current }, { momentum }) => {
      const past = host.one('Mul', [average, host.constant(momentum)]);
      const now = host.one('Mul', [current, host.constant(1 - momentum)]);
      ResidentVariable.of(host, average).assign(host.one('AddV2', [past, now], [], [past, now]));
      return [];
    },
  );
}

/** TensorFlow normalizes images only: other rows become the pixels of one. */
function asImages(host: NativeHost, x: TensorInfo): Operand {
  const { shape } = x;
  if (shape.length === 4) return x;
  const channels = shape[shape.length - 1];
  return reshaped(host, x, [
    1,
    1,
    shape.slice(0, -1).reduce((product, length) => product * length, 1),
    channels,
  ]);
}

/** An image in the shape of what it was made of. */
function shaped(host: NativeHost, image: Handle, shape: number[]): TensorInfo {
  if (shape.length === 4) return host.output(image);
  const made = reshaped(host, image, shape);
  host.free([image]);
  return host.output(made);
}

function reshaped(host: NativeHost, x: Operand, shape: number[]): Handle {
  const lengths = host.handle(Int32Array.from(shape));
  return host.one('Reshape', [x, lengths], [], [lengths]);
}

/** Of what {@link asImages} gave only what it made. */
function free(host: NativeHost, images: Operand): void {
  if (!('dataId' in images)) host.free([images]);
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

interface EpsilonAttrs {
  readonly epsilon: number;
}
