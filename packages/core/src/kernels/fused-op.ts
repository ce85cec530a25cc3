import { cast, registerGradient, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import { given, isRecorded, isWatched, kernelOf, runKernel } from './backend-kernel.js';
import { gradientsOf, recordKernel } from './record-kernel.js';

/** An operation that a backend may supply as one kernel. Its inputs reach kernel and composed form as float32. */
export interface FusedOpConfig<Input extends string, Attrs extends object, Shared> {
  /** Name of the kernel, for instance `WellfitDense`. */
  readonly kernel: string;
  /** Inputs that the gradient needs: such as are always given. */
  readonly inputsToSave: readonly Input[];
  /** Which outputs the gradient needs. */
  readonly outputsToSave: readonly boolean[];
  /**
   * What the gradients have in common, computed once.
   *
   * @param dy The gradient by the first output. What others there are has none: a loss that depends on one is an error
   *   `bad-gradient`.
   * @param saved First the inputs to save, then the outputs.
   */
  readonly backward: (dy: Tensor, saved: readonly Tensor[], attrs: Attrs) => Shared;
  /**
   * The gradients by those inputs that have one, each computed only where it is asked for. Kernels that they run have no
   * gradients themselves: a second derivative is an error that names one.
   */
  readonly gradients: Partial<Record<Input, (shared: Shared, attrs: Attrs) => Tensor>>;
  /** The same, composed of operations that every backend has; they bring their own gradients. */
  readonly composed: (inputs: Partial<Record<Input, Tensor>>, attrs: Attrs) => Tensor[];
}

/** An operation that runs as one kernel where the backend has it, else composed of others. Call it inside `tidy`. */
export type FusedOp<Input extends string, Attrs extends object> = (
  inputs: Partial<Record<Input, Tensor>>,
  attrs: Attrs,
) => Tensor[];

/**
 * Defines an operation for which each backend may have a kernel of its own: whoever uses it need not know.
 *
 * Kernels come from the registry of TensorFlow.js, so a package adds one by `registerKernel`. The composed form serves
 * every other backend, and is what tests compare the kernels with.
 */
export function fusedOp<Input extends string, Attrs extends object, Shared>(
  config: FusedOpConfig<Input, Attrs, Shared>,
): FusedOp<Input, Attrs> {
  const { kernel: name, inputsToSave, outputsToSave, composed } = config;
  // For TensorFlow.js, where it records the kernel itself.
  registerGradient({
    kernelName: name,
    inputsToSave: [...inputsToSave],
    outputsToSave: [...outputsToSave],
    gradFunc: (dy: Tensor | Tensor[], saved: Tensor[], attrs: NamedAttrMap) =>
      gradientsOf(config, Array.isArray(dy) ? dy[0] : dy, saved, attrs as unknown as Attrs),
  });
  return (inputs, attrs) => {
    const floats = asFloats(inputs);
    const kernel = kernelOf(name);
    if (!kernel) return composed(floats, attrs);
    if (!isRecorded() || isWatched()) return runKernel(name, floats, attrs);
    return recordKernel(kernel, given(floats), attrs, config);
  };
}

/** Kernels take what is in memory for floats, so whole numbers and truth values would be read as other numbers. */
function asFloats<Input extends string>(
  inputs: Partial<Record<Input, Tensor>>,
): Partial<Record<Input, Tensor>> {
  let floats = inputs;
  for (const name in inputs) {
    const tensor = inputs[name];
    if (!tensor || tensor.dtype === 'float32') continue;
    floats = { ...floats, [name]: cast(tensor, 'float32') };
  }
  return floats;
}
