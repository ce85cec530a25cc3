import { cpu } from './cpu.js';
import { native } from './native.js';
import { wasm } from './wasm.js';

export { chooseBackend, type BackendChoice, type BackendName } from './choose-backend.js';
export { registerConv2DBackpropFilter } from './wasm/conv2d-backprop-filter.js';
export { registerConv2DBackpropInput } from './wasm/conv2d-backprop-input.js';
export { registerMaxPoolGrad } from './wasm/max-pool-grad.js';
export { registerSamePadding } from './wasm/same-padding.js';
export { registerTrainingKernels } from './wasm/training-kernels.js';
export { registerTransposedMatMul } from './wasm/transposed-matmul.js';
export { registerUnsortedSegmentSum } from './wasm/unsorted-segment-sum.js';
export { BackendError } from './errors.js';
export { cpu, native, wasm };

/** All backends by name, in the order in which `auto` tries them. */
export const backends = { wasm, native, cpu };
