import { customGrad, mul, tensor, type Tensor } from '@tensorflow/tfjs-core';
import {
  definePlugin,
  fusedOp,
  keyedStream,
  runKernel,
  type Regularizer,
  type ReservedNumbers,
} from '@wellfit/core';
import { z } from 'zod';

const rate = z.number().min(0).lt(1);

const options = z
  .union([rate, z.strictObject({ rate: rate.optional() })], {
    error: 'write the share of values to drop, at least 0 and below 1, such as 0.5 or { rate: 0.5 }',
  })
  .optional()
  .transform((given) => (typeof given === 'number' ? given : (given?.rate ?? 0.5)));

/** Options of {@link dropout}: the rate, at least 0 and below 1 (default 0.5), alone or as `{ rate }`. */
export type DropoutOptions = z.input<typeof options>;

/**
 * Sets each activation to 0 with probability `rate`, in training only, and divides the others by `1 - rate` so that
 * the expectation stays (inverted dropout, as Keras; Srivastava et al., JMLR 15, 2014).
 *
 * The mask is drawn from the stream that the training loop opens for each site and step: element `i` in row-major
 * order is kept if the stream's number `i` is at least `rate`. So every step has a new mask, and every backend the
 * same. At rate 0 it does nothing.
 *
 * @throws CoreError `bad-option`.
 * @example
 * dropout(0.3).noise(x, { random: randomStream(1, 'noise/hidden_1/dropout/1') }); // inside tidy
 */
export const dropout = definePlugin({
  kind: 'regularizer',
  name: 'dropout',
  description: 'Sets a random share of the activations to 0 in training.',
  options,
  create: (rate): Regularizer => ({
    name: 'dropout',
    noise: (x, { random }) => (rate === 0 ? x : drop({ x }, { rate, ...random.reserve(x.size) })[0]),
  }),
});

/** Options of the kernel `WellfitDropout`. */
interface DropoutAttrs extends ReservedNumbers {
  readonly rate: number;
}

const drop = fusedOp<'x', DropoutAttrs, Tensor>({
  kernel: 'WellfitDropout',
  inputsToSave: [],
  outputsToSave: [false],
  backward: (dy) => dy,
  // The same numbers again, which is faster than to keep them.
  gradients: { x: (dy, attrs) => runKernel('WellfitDropout', { x: dy }, attrs)[0] },
  composed: ({ x }, attrs) => [scaled(x!, mask(x!.size, attrs))],
});

/** `x` times the factors, as constants: the derived gradient would copy `x` and the factors on the wasm backend. */
function scaled(x: Tensor, factors: Float32Array): Tensor {
  const times = (y: Tensor): Tensor => mul(y, tensor(factors, x.shape));
  return customGrad((input) => ({ value: times(input as Tensor), gradFunc: times }))(x);
}

/** 0 where a value is dropped, else the factor that makes up for those. */
function mask(size: number, { rate, ...numbers }: DropoutAttrs): Float32Array {
  const { uniform } = keyedStream(numbers);
  const factors = new Float32Array(size);
  const factor = 1 / (1 - rate);
  // A bare loop: this runs for every activation of every step.
  for (let i = 0; i < size; i++) {
    if (uniform() >= rate) factors[i] = factor;
  }
  return factors;
}
