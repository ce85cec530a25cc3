import '@wellfit/core'; // for its effect: it registers the gradients of TensorFlow.js, which tfjs-core alone lacks
import { grad, tensor, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/** Options of {@link checkGradient}. */
export interface CheckGradientOptions {
  /** Half the distance between the two points of a difference. Default 0.01. */
  readonly step?: number;
  /** Largest difference allowed, relative to the gradient. Default 0.01. */
  readonly relative?: number;
  /** Largest difference allowed where the gradient is near 0. Default 0.002. */
  readonly absolute?: number;
}

/**
 * Compares the gradient that TensorFlow.js derives with central finite differences, element by element.
 *
 * Tensors are float32, so the defaults allow for its rounding: keep `|f(x)|` below about 10, and kinks at least
 * `step` away from every element or exactly on one (where the central difference of an even function is 0).
 *
 * @param f Differentiable, the same at every call (open a fresh random stream inside it).
 * @param x The point, at most a few hundred elements; the caller disposes it.
 * @throws Error naming the first element that differs, with both values.
 * @example
 * checkGradient((w) => l2(0.1).penalty(w), weights);
 */
export function checkGradient(
  f: (x: Tensor) => Scalar,
  x: Tensor,
  { step = 0.01, relative = 0.01, absolute = 0.002 }: CheckGradientOptions = {},
): void {
  const derived = tidy(() => grad(f)(x).dataSync<'float32'>());
  const values = Float32Array.from(x.dataSync<'float32'>());
  const valueWith = (i: number, value: number): number =>
    tidy(() => {
      const moved = values.slice();
      moved[i] = value;
      return f(tensor(moved, x.shape, x.dtype)).dataSync<'float32'>()[0];
    });

  for (let i = 0; i < values.length; i++) {
    // What float32 really holds, not what was asked for, is the distance to divide by.
    const above = Math.fround(values[i] + step);
    const below = Math.fround(values[i] - step);
    const numeric = (valueWith(i, above) - valueWith(i, below)) / (above - below);
    const allowed = absolute + relative * Math.abs(numeric);
    // Written so that NaN fails.
    if (!(Math.abs(derived[i] - numeric) <= allowed)) {
      throw new Error(
        `gradient of element ${i} (value ${values[i]}) is ${derived[i]}, finite differences give ${numeric}`,
      );
    }
  }
}
