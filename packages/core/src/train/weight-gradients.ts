import { add, engine, ones, tidy, type Scalar, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { CoreError } from '../errors.js';

type TapeNode = NonNullable<ReturnType<typeof engine>['state']['activeTape']>[number];

/**
 * The gradients of what `forward` returns by weights: what `variableGrads` of TensorFlow.js does on the same tape, but
 * with one look at each recorded operation where that takes three and copies them; and where `forward` throws, nothing
 * that the tape kept for it stays behind.
 *
 * Not to be called within another gradient. Call inside `tidy`.
 *
 * @returns In the order of the weights; undefined for one that the result does not depend on.
 */
export function weightGradients(forward: () => Scalar, weights: readonly Variable[]): (Tensor | undefined)[] {
  const { state } = engine();
  const tape: TapeNode[] = [];
  try {
    state.activeTape = tape;
    state.gradientDepth += 1;
    let result: Scalar;
    try {
      result = tidy('forward', forward);
    } finally {
      state.gradientDepth -= 1;
    }
    return tidy('backward', () => backward(tape, result, weights));
  } finally {
    state.activeTape = [];
    for (const { saved } of tape) saved?.forEach((tensor) => tensor.dispose());
  }
}

function backward(
  tape: readonly TapeNode[],
  result: Scalar,
  weights: readonly Variable[],
): (Tensor | undefined)[] {
  const dependent = dependentOn(weights, tape);
  const gradients = new Map<number, Tensor>([[result.id, ones(result.shape)]]);
  for (let i = tape.length - 1; i >= 0; i--) {
    const node = tape[i];
    const byOutput = reached(node, dependent, gradients);
    if (byOutput) passBack(node, byOutput, dependent, gradients);
  }
  return weights.map(({ id }) => gradients.get(id));
}

/** The numbers of all tensors that depend on a weight. */
function dependentOn(weights: readonly Variable[], tape: readonly TapeNode[]): Set<number> {
  const dependent = new Set(weights.map(({ id }) => id));
  for (const { inputs, outputs } of tape) {
    for (const name in inputs) {
      if (!dependent.has(inputs[name].id)) continue;
      for (const { id } of outputs) dependent.add(id);
      break;
    }
  }
  return dependent;
}

/** The gradients by an operation's outputs; nothing where none of them has one, or depends on a weight. */
function reached(
  { outputs }: TapeNode,
  dependent: ReadonlySet<number>,
  gradients: ReadonlyMap<number, Tensor>,
): (Tensor | undefined)[] | undefined {
  const byOutput: (Tensor | undefined)[] = [];
  let any = false;
  for (const { id } of outputs) {
    const gradient = gradients.get(id);
    byOutput.push(gradient);
    any ||= gradient !== undefined && dependent.has(id);
  }
  return any ? byOutput : undefined;
}

/** From the gradients by an operation's outputs to those by its inputs, which are added to what is there. */
function passBack(
  { kernelName, inputs, gradient }: TapeNode,
  byOutput: (Tensor | undefined)[],
  dependent: ReadonlySet<number>,
  gradients: Map<number, Tensor>,
): void {
  if (!gradient) throw badGradient(`TensorFlow.js knows no gradient of ${kernelName}`);
  // Typed as all there, but it makes zeros of those that are not.
  const byInput = gradient(byOutput as Tensor[]);
  for (const name in inputs) {
    const input = inputs[name];
    if (!dependent.has(input.id)) continue;
    const make = byInput[name] as (() => Tensor) | undefined;
    if (!make) throw badGradient(`${kernelName} has no gradient by its input ${name}`);
    const own = tidy(make);
    if (own.dtype !== 'float32' || own.shape.join() !== input.shape.join()) {
      throw badGradient(
        `The gradient of ${kernelName} by ${name}, of shape [${input.shape.join(', ')}], is ${own.dtype} of shape ` +
          `[${own.shape.join(', ')}]`,
      );
    }
    const before = gradients.get(input.id);
    gradients.set(input.id, before ? add(before, own) : own);
  }
}

function badGradient(what: string): CoreError {
  return new CoreError('bad-gradient', `${what}: the model cannot be trained on this backend.`);
}
