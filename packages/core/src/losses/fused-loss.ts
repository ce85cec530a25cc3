import { customGrad, mul, tidy, type GradSaveFunc, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { isRecorded } from '../kernels/backend-kernel.js';
import { fusedOp } from '../kernels/fused-op.js';
import { valuesInPlace } from '../kernels/values-in-place.js';
import type { Loss, LossName } from './loss.js';

/** The formulas of a loss of logits `z` and targets `y`. */
export interface FusedLossFormulas {
  readonly name: LossName;
  /** Name of the kernel that computes value and gradient in one pass, where the backend has it. */
  readonly kernel: string;
  /** Checks that targets fit the logits, and reshapes them where they can be made to. */
  readonly targets: (targets: Tensor, logits: Tensor) => Tensor;
  /** Brings checked targets into the shape of the logits, for the formulas below; where absent they have it. */
  readonly widened?: (targets: Tensor, logits: Tensor) => Tensor;
  readonly value: (z: Tensor, y: Tensor) => Scalar;
  /** The derivative of the value by `z`, times `dy`. */
  readonly gradient: (z: Tensor, y: Tensor, dy: Scalar) => Tensor;
}

/**
 * A loss whose gradient is written down instead of traced through its operations: fewer operations a step, and
 * no 0/0 where a probability rounds to 0 or 1. One kernel where the backend has it.
 */
export function fusedLoss({ name, kernel, targets: fit, widened, value, gradient }: FusedLossFormulas): Loss {
  const op = fusedOp<'logits' | 'targets', object, { dy: Tensor; slopes: Tensor }>({
    kernel,
    inputsToSave: [],
    outputsToSave: [false, true],
    backward: (dy, [slopes]) => ({ dy, slopes }),
    gradients: {
      // Nearly always 1: what is trained is the loss itself, or its sum with a penalty. A gradient of this gradient
      // has to see the product all the same.
      logits: ({ dy, slopes }) =>
        !isRecorded() && valuesInPlace(dy)[0] === 1 ? slopes.clone() : mul(slopes, dy),
    },
    composed({ logits, targets }) {
      const loss = customGrad((...args) => {
        const [z, save] = args as [Tensor, GradSaveFunc];
        const y = widened ? widened(targets!, z) : targets!;
        save([z, y]);
        return {
          value: value(z, y),
          gradFunc: (dy: Tensor, [savedZ, savedY]: Tensor[]) => gradient(savedZ, savedY, dy as Scalar),
        };
      });
      return [loss(logits!)];
    },
  });
  return {
    name,
    compute: (logits, targets) => tidy(() => op({ logits, targets: fit(targets, logits) }, {})[0] as Scalar),
  };
}
