import {
  add,
  customGrad,
  mean as meanOf,
  mul,
  ones,
  rsqrt,
  square,
  sub,
  sum,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** What {@link normalizeBatch} gives: the caller disposes all of it. */
export interface NormalizedBatch {
  /** As `x`. */
  readonly normalized: Tensor;
  /** `[width]`, over all axes but the last. */
  readonly mean: Tensor;
  /** `[width]`, biased (divided by n), as in Keras. */
  readonly variance: Tensor;
}

type Save = (tensors: Tensor[]) => void;

/**
 * Batch normalization by the statistics of the batch itself, over all axes but the last:
 * `gamma (x - mean) / sqrt(variance + epsilon) + beta`.
 *
 * Its gradient is the closed form of Ioffe and Szegedy, "Batch normalization", ICML 2015, section 3, with the terms
 * collected: `dx = scale (dy - mean(dy) - xhat mean(dy xhat))`. It passes over the images half as often as the
 * gradients of the single operations would. Call inside `tidy`.
 *
 * @param x `[..., width]`.
 * @param gamma `[width]`; ones where it is absent.
 * @param beta `[width]`; zeros where it is absent.
 * @param epsilon Added to the variance.
 */
export function normalizeBatch(
  x: Tensor,
  gamma: Tensor | undefined,
  beta: Tensor | undefined,
  epsilon: number,
): NormalizedBatch {
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const mean = meanOf(x, axes);
  const centered = sub(x, mean);
  const variance = meanOf(square(centered), axes);
  const inverse = rsqrt(add(variance, epsilon));

  // The statistics are computed outside: what is made inside is gone when it returns, and they are needed.
  const normalize = customGrad((...given) => {
    const [, factor, offset, save] = given as unknown as [Tensor, Tensor, Tensor, Save];
    const scale = mul(inverse, factor);
    save([centered, inverse, scale]);
    return {
      value: add(mul(centered, scale), offset),
      gradFunc: (dy: Tensor, saved: Tensor[]) => gradients(dy, saved, axes),
    };
  });
  const normalized = normalize(x, gamma ?? ones(mean.shape), beta ?? zeros(mean.shape));
  return { normalized, mean, variance };
}

function gradients(dy: Tensor, [centered, inverse, scale]: Tensor[], axes: number[]): Tensor[] {
  const rows = axes.reduce((product, axis) => product * dy.shape[axis], 1);
  const dBeta = sum(dy, axes);
  const dGamma = mul(sum(mul(dy, centered), axes), inverse);
  // Per channel, dx is a linear function of dy and of the centered input.
  const perCentered = mul(mul(scale, inverse), mul(dGamma, -1 / rows));
  const constant = mul(scale, mul(dBeta, -1 / rows));
  const dx = add(add(mul(dy, scale), mul(centered, perCentered)), constant);
  return [dx, dGamma, dBeta];
}
