import {
  engine,
  getBackend,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** Tensors by parameter; those that are undefined are left out. */
export type KernelInputs = Readonly<Record<string, Tensor | undefined>>;

/**
 * Whether the current backend supplies a kernel of this name. Ask for it at each use: the backend may change.
 *
 * @param name Those of wellfit begin with `Wellfit`; `@wellfit/wasm-kernels` lists them.
 */
export function hasKernel(name: string): boolean {
  // Typed as always there, but it is not.
  return (getKernel(name, getBackend()) as unknown) !== undefined;
}

/**
 * Runs a kernel of the current backend, on the tape where one is recorded.
 *
 * @returns Its outputs; they belong to the tidy around, or else the caller.
 * @throws Error where the backend has none of this name.
 */
export function runKernel(name: string, inputs: KernelInputs, attrs: object = {}): Tensor[] {
  const outputs = engine().runKernel<Tensor | Tensor[]>(name, given(inputs), attrs as NamedAttrMap);
  return Array.isArray(outputs) ? outputs : [outputs];
}

/**
 * Runs a kernel that changes its inputs in place and has no outputs: past the tape and the bookkeeping of tensors, which
 * would cost more than many an update.
 *
 * Whoever calls it makes the data that are written the variable's own first: `ownData`.
 */
export function runInPlace(name: string, inputs: KernelInputs, attrs: object = {}): void {
  const kernel = getKernel(name, getBackend());
  kernel.kernelFunc({
    inputs: inputs,
    attrs: attrs as NamedAttrMap,
    backend: engine().backend,
  });
}

/** Not by `Object.entries`: that took a tenth of the time that a step of a small model spends in JavaScript. */
function given(inputs: KernelInputs): NamedTensorMap {
  const found: NamedTensorMap = {};
  for (const name in inputs) {
    const tensor = inputs[name];
    if (tensor) found[name] = tensor;
  }
  return found;
}
