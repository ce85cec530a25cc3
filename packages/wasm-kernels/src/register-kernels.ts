import { registerConv2dGradients } from './conv2d/conv2d-gradients.js';
import { registerConv2d } from './conv2d/conv2d.js';
import { registerDepthwiseGradients } from './conv2d/depthwise-gradients.js';
import { registerActivationGradients } from './fused/activation-gradient.js';
import { registerFusedConv2d } from './fused/conv2d.js';
import { registerDense } from './fused/dense.js';
import { registerDropout } from './fused/dropout.js';
import { registerBatchNormalization } from './fused/batch-normalization.js';
import { registerMultiHot } from './fused/multi-hot.js';
import { registerWeightPenalty } from './fused/weight-penalty.js';
import { registerReadImages } from './fused/read-images.js';
import { registerLosses } from './fused/losses.js';
import { registerOptimizers } from './fused/optimizers.js';
import { registerFusedBatchNorm } from './fused-batch-norm.js';
import { registerIdentity } from './identity.js';
import { registerBatchMatMul } from './matmul/batch-mat-mul.js';
import { registerFusedMatMul } from './matmul/fused-mat-mul.js';
import { registerMaxPool } from './pool/max-pool.js';
import { registerMaxPoolGrad } from './pool/max-pool-grad.js';
import { registerUnsortedSegmentSum } from './unsorted-segment-sum.js';

/** Registers every kernel of this package on the `wasm` backend; again does nothing. */
export function registerKernels(): void {
  registerIdentity();
  registerBatchMatMul();
  registerFusedMatMul();
  registerConv2d();
  registerConv2dGradients();
  registerDepthwiseGradients();
  registerMaxPool();
  registerMaxPoolGrad();
  registerUnsortedSegmentSum();
  registerDense();
  registerFusedConv2d();
  registerMultiHot();
  registerBatchNormalization();
  registerFusedBatchNorm();
  registerDropout();
  registerWeightPenalty();
  registerActivationGradients();
  registerReadImages();
  registerLosses();
  registerOptimizers();
}
