import {
  engine,
  Identity,
  keep,
  zeros,
  type KernelConfig,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { kernelOf, outputsOf } from './backend-kernel.js';

/** What of a kernel's inputs and outputs its gradient needs, and the gradient itself. */
export interface Recording {
  readonly inputsToSave: readonly string[];
  readonly outputsToSave: readonly boolean[];
  readonly gradient: (
    dy: readonly Tensor[],
    saved: readonly Tensor[],
  ) => Readonly<Record<string, () => Tensor>>;
}

/**
 * Runs a kernel and writes it down on the tape of TensorFlow.js: what its own `runKernel` does, without what that spends
 * on every call. For use where `isRecorded()`.
 */
export function recordKernel(
  kernel: KernelConfig,
  inputs: NamedTensorMap,
  attrs: object,
  { inputsToSave, outputsToSave, gradient }: Recording,
): Tensor[] {
  const { state } = engine();
  const outputs = outputsOf(kernel, inputs, attrs);
  const identity = kernelOf(Identity)!;
  // Whoever owns the tape disposes these.
  const save = (x: Tensor): Tensor => keep(outputsOf(identity, { x }, {})[0]);
  const saved = inputsToSave.map((name) => save(inputs[name]));
  outputs.forEach((output, i) => {
    if (outputsToSave[i]) saved.push(save(output));
  });
  state.activeTape.push({
    id: state.nextTapeNodeId++,
    kernelName: kernel.kernelName,
    inputs,
    outputs,
    saved,
    gradient(dy: (Tensor | undefined)[]) {
      // No gradient comes to outputs that nothing depends on.
      return gradient(
        outputs.map(({ shape }, i) => dy[i] ?? zeros(shape)),
        saved,
      );
    },
  });
  return outputs;
}
