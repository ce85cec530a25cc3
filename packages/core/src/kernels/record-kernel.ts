import {
  engine,
  Identity,
  keep,
  type KernelConfig,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { CoreError } from '../errors.js';
import { kernelOf, outputsOf } from './backend-kernel.js';

/** What of a kernel's inputs and outputs its gradients need, and the gradients: see `FusedOpConfig`. */
export interface Recording<Attrs, Shared> {
  readonly inputsToSave: readonly string[];
  readonly outputsToSave: readonly boolean[];
  readonly backward: (dy: Tensor, saved: readonly Tensor[], attrs: Attrs) => Shared;
  readonly gradients: Readonly<Record<string, ((shared: Shared, attrs: Attrs) => Tensor) | undefined>>;
}

/**
 * Runs a kernel and writes it down on the tape of TensorFlow.js: what its own `runKernel` does, without what that spends
 * on every call. For use where `isRecorded()`.
 */
export function recordKernel<Attrs extends object, Shared>(
  kernel: KernelConfig,
  inputs: NamedTensorMap,
  attrs: Attrs,
  recording: Recording<Attrs, Shared>,
): Tensor[] {
  const { inputsToSave, outputsToSave } = recording;
  const { state } = engine();
  const outputs = outputsOf(kernel, inputs, attrs);
  // Whoever owns the tape disposes these.
  const saved: Tensor[] = [];
  for (const name of inputsToSave) saved.push(kept(inputs[name]));
  for (let i = 0; i < outputs.length; i++) if (outputsToSave[i]) saved.push(kept(outputs[i]));
  state.activeTape.push({
    id: state.nextTapeNodeId++,
    kernelName: kernel.kernelName,
    inputs,
    outputs,
    saved,
    gradient(byOutput: (Tensor | undefined)[]) {
      for (let i = 1; i < byOutput.length; i++) if (byOutput[i]) throw badOutput(kernel.kernelName, i);
      return gradientsOf(recording, byOutput[0]!, saved, attrs);
    },
  });
  return outputs;
}

/**
 * The gradients by the inputs in the form that TensorFlow.js asks for.
 *
 * The only functions that are made anew in each step: what is compiled for one is forgotten whenever the garbage is
 * collected, and had been compiled again thirty times in half a minute.
 */
export function gradientsOf<Attrs, Shared>(
  { backward, gradients }: Pick<Recording<Attrs, Shared>, 'backward' | 'gradients'>,
  dy: Tensor,
  saved: readonly Tensor[],
  attrs: Attrs,
): Record<string, () => Tensor> {
  const shared = backward(dy, saved, attrs);
  const byInput: Record<string, () => Tensor> = {};
  for (const name in gradients) byInput[name] = () => gradients[name]!(shared, attrs);
  return byInput;
}

/** What is left out of a gradient would make it wrong, and nobody would see. */
function badOutput(kernelName: string, output: number): CoreError {
  return new CoreError(
    'bad-gradient',
    `The loss depends on output ${output} of ${kernelName}, which has gradients by its first output, 0, only.`,
  );
}

function kept(x: Tensor): Tensor {
  return keep(outputsOf(kernelOf(Identity)!, { x }, {})[0]);
}
