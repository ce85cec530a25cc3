import { registerConv2DBackpropFilter } from './conv2d-backprop-filter.js';
import { registerConv2DBackpropInput } from './conv2d-backprop-input.js';
import { registerMaxPoolGrad } from './max-pool-grad.js';
import { registerSamePadding } from './same-padding.js';
import { registerTransposedMatMul } from './transposed-matmul.js';
import { registerUnsortedSegmentSum } from './unsorted-segment-sum.js';

/**
 * Gives the `wasm` backend the kernels that TensorFlow.js 4.22 lacks there for training, and replaces those that are
 * slow or wrong; `wasm().activate()` calls it. A stock `model.fit` can then train convolutions too.
 *
 * Needs `@tensorflow/tfjs-backend-wasm` to be loaded; calling it again does nothing.
 *
 * @example
 * import '@tensorflow/tfjs-backend-wasm';
 * registerTrainingKernels();
 */
export function registerTrainingKernels(): void {
  registerTransposedMatMul();
  registerSamePadding();
  registerConv2DBackpropFilter();
  registerConv2DBackpropInput();
  registerMaxPoolGrad();
  registerUnsortedSegmentSum();
}
