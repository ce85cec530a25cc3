import {
  engine,
  env,
  getBackend,
  getKernel,
  type KernelConfig,
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
  return kernelOf(name) !== undefined;
}

/** The kernel of the current backend; undefined where it has none of this name. */
export function kernelOf(name: string): KernelConfig | undefined {
  // Typed as always there, but it is not.
  return getKernel(name, getBackend());
}

/**
 * Runs a kernel of the current backend, on the tape where one is recorded.
 *
 * @returns Its outputs; they belong to the tidy around, or else the caller.
 * @throws Error where the backend has none of this name.
 */
export function runKernel(name: string, inputs: KernelInputs, attrs: object = {}): Tensor[] {
  const kernel = isRecorded() || isWatched() ? undefined : kernelOf(name);
  if (kernel) return outputsOf(kernel, given(inputs), attrs);
  const outputs = engine().runKernel<Tensor | Tensor[]>(name, given(inputs), attrs as NamedAttrMap);
  return Array.isArray(outputs) ? outputs : [outputs];
}

/** Whether operations are recorded on a tape now, for their gradients. */
export function isRecorded(): boolean {
  const { gradientDepth, kernelDepth } = engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}

/** Whether TensorFlow.js has to see each kernel that runs: it profiles, or looks for NaN. */
export function isWatched(): boolean {
  return engine().state.profiling || env().getBool('DEBUG');
}

/**
 * Runs a kernel without what TensorFlow.js does around it, which for small models takes as long as many a kernel. Nothing
 * is recorded. The outputs belong to the tidy around.
 */
export function outputsOf(kernel: KernelConfig, inputs: NamedTensorMap, attrs: object): Tensor[] {
  const current = engine();
  const { state } = current;
  state.kernelDepth += 1;
  try {
    const made = kernel.kernelFunc({ inputs, attrs: attrs as NamedAttrMap, backend: current.backend });
    const infos = Array.isArray(made) ? made : [made];
    // A kernel made of operations gives tensors, which are known already.
    return infos.map((info) => ('rank' in info ? (info as Tensor) : current.makeTensorFromTensorInfo(info)));
  } finally {
    state.kernelDepth -= 1;
  }
}

/**
 * Runs a kernel that changes its inputs in place and has no outputs: past the tape and the bookkeeping of tensors, which
 * would cost more than many an update.
 *
 * Whoever calls it makes the data that are written the variable's own first: `ownData`.
 */
export function runInPlace(name: string, inputs: KernelInputs, attrs: object = {}): void {
  kernelOf(name)!.kernelFunc({
    inputs: inputs,
    attrs: attrs as NamedAttrMap,
    backend: engine().backend,
  });
}

/** Not by `Object.entries`: that took a tenth of the time that a step of a small model spends in JavaScript. */
export function given(inputs: KernelInputs): NamedTensorMap {
  const found: NamedTensorMap = {};
  for (const name in inputs) {
    const tensor = inputs[name];
    if (tensor) found[name] = tensor;
  }
  return found;
}
