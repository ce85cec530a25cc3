import { registerConv2dGradients } from './conv2d/conv2d-gradients.js';
import { registerConv2d } from './conv2d/conv2d.js';
import { registerActivationGradients } from './fused/activation-gradient.js';
import { registerDense } from './fused/dense.js';
import { registerMultiHot } from './fused/multi-hot.js';
import { registerOptimizers } from './fused/optimizers.js';
import { registerBatchMatMul } from './matmul/batch-mat-mul.js';
import { registerMaxPoolGrad } from './pool/max-pool-grad.js';
import { registerUnsortedSegmentSum } from './unsorted-segment-sum.js';

/** Registers every kernel of this package on the `wasm` backend; again does nothing. */
export function registerKernels(): void {
  registerBatchMatMul();
  registerConv2d();
  registerConv2dGradients();
  registerMaxPoolGrad();
  registerUnsortedSegmentSum();
  registerDense();
  registerMultiHot();
  registerActivationGradients();
  registerOptimizers();
}
