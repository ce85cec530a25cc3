import {
  abs,
  add,
  addN,
  customGrad,
  mul,
  scalar,
  sign,
  square,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { fusedOp, runKernel, type Regularizer } from '@wellfit/core';

/** How strongly a weight's size counts. */
export interface PenaltyStrengths {
  /** Factor of the sum of absolute values, at least 0. */
  readonly l1: number;
  /** Factor of the sum of squares, at least 0. */
  readonly l2: number;
}

/** A regularizer that is nothing but its strengths, so that it can be written down as TensorFlow.js' and Keras' own. */
export interface WeightRegularizer extends Regularizer {
  readonly strengths: PenaltyStrengths;
  penalty(weight: Tensor): Scalar;
}

/** Makes a regularizer of {@link weightPenalty}. */
export function weightRegularizer(name: string, strengths: PenaltyStrengths): WeightRegularizer {
  return { name, strengths, penalty: (weight) => weightPenalty(weight, strengths) };
}

/**
 * `l1 * sum(|w|) + l2 * sum(w^2)`, as Keras' `L1L2` computes it.
 *
 * The gradient is `l1 * sign(w) + 2 * l2 * w`, 0 at 0. A part of strength 0 costs nothing. Call inside `tidy`.
 */
export function weightPenalty(weight: Tensor, { l1, l2 }: PenaltyStrengths): Scalar {
  return penalty({ w: weight }, { l1, l2 })[0] as Scalar;
}

const penalty = fusedOp<'w', PenaltyStrengths, { w: Tensor; dy: Tensor }>({
  kernel: 'WellfitWeightPenalty',
  inputsToSave: ['w'],
  outputsToSave: [false],
  backward: (dy, [w]) => ({ w, dy }),
  gradients: { w: (inputs, strengths) => runKernel('WellfitWeightPenaltyGradient', inputs, strengths)[0] },
  composed: ({ w }, { l1, l2 }) => [composedPenalty(w!, l1, l2)],
});

function composedPenalty(weight: Tensor, l1: number, l2: number): Scalar {
  // Own gradient: TensorFlow.js derives -1 for |w| at 0, and needs more operations. Not saved by `save`, which would
  // copy the whole weight in every step on the wasm backend.
  const value = customGrad((w) => ({
    value: penaltyValue(w as Tensor, l1, l2),
    gradFunc: (dy: Tensor) => mul(dy, penaltySlope(weight, l1, l2)),
  }));
  return value(weight) as Scalar;
}

function penaltyValue(w: Tensor, l1: number, l2: number): Scalar {
  const parts: Scalar[] = [];
  if (l1 > 0) parts.push(mul(sum<Scalar>(abs(w)), l1));
  if (l2 > 0) parts.push(mul(sum<Scalar>(square(w)), l2));
  if (parts.length === 0) return scalar(0);
  return parts.length === 1 ? parts[0] : addN(parts);
}

function penaltySlope(w: Tensor, l1: number, l2: number): Tensor {
  if (l1 === 0) return mul(w, 2 * l2);
  const slope = mul(sign(w), l1);
  return l2 === 0 ? slope : add(slope, mul(w, 2 * l2));
}
