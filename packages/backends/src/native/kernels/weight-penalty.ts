import type { TensorInfo } from '@tensorflow/tfjs-core';
import { registerNative, type Handle, type NativeHost } from './native-host.js';

/**
 * `WellfitWeightPenalty`: `l1 * sum(|w|) + l2 * sum(w^2)`, a scalar.
 *
 * `WellfitWeightPenaltyGradient`: `dy (l1 sign(w) + 2 l2 w)`, 0 at 0.
 */
export function registerWeightPenalty(host: NativeHost): void {
  registerNative<{ w: TensorInfo }, Strengths>('WellfitWeightPenalty', ({ w }, { l1, l2 }) => {
    const absolute = l1 > 0 ? l1 * sumOfSizes(host, w) : 0;
    // TensorFlow halves it.
    const squared = l2 > 0 ? 2 * l2 * taken(host, host.one('L2Loss', [w])) : 0;
    return host.output(host.handle(Float32Array.of(absolute + squared), []));
  });

  registerNative<{ w: TensorInfo; dy: TensorInfo }, Strengths>(
    'WellfitWeightPenaltyGradient',
    ({ w, dy }, { l1, l2 }) => {
      const [by] = host.read(dy);
      const linear = times(host, w, 2 * l2 * by);
      if (l1 === 0) return host.output(linear);
      const signs = host.one('Sign', [w]);
      const steps = times(host, signs, l1 * by);
      return host.output(host.one('AddV2', [steps, linear], [], [signs, steps, linear]));
    },
  );
}

function sumOfSizes(host: NativeHost, w: TensorInfo): number {
  const axes = host.handle(Int32Array.from(w.shape.keys()));
  const sizes = host.one('Abs', [w]);
  return taken(host, host.one('Sum', [sizes, axes], [], [sizes, axes]));
}

/** The value of a scalar, which is freed. */
function taken(host: NativeHost, scalar: Handle): number {
  const [value] = host.read(scalar);
  host.free([scalar]);
  return value;
}

function times(host: NativeHost, x: TensorInfo | Handle, factor: number): Handle {
  const scalar = host.handle(Float32Array.of(factor), []);
  return host.one('Mul', [x, scalar], [], [scalar]);
}

interface Strengths {
  readonly l1: number;
  readonly l2: number;
}
