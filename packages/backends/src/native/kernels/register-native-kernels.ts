import { getKernel } from '@tensorflow/tfjs-core';
import { registerActivationGradients } from './activation.js';
import { registerBatchNormalization } from './batch-normalization.js';
import { registerConv2d } from './conv2d.js';
import { registerDense } from './dense.js';
import { registerLosses } from './losses.js';
import { registerMaxPool } from './max-pool.js';
import { registerMultiHot } from './multi-hot.js';
import { NativeHost } from './native-host.js';
import { registerOptimizers } from './optimizers.js';
import { registerWeightPenalty } from './weight-penalty.js';

/**
 * Registers kernels of the native backend for wellfit's fused operations: each calls a few operations of TensorFlow where
 * the composed forms call many. Call it where that backend is the current one; a second time does nothing.
 */
export function registerNativeKernels(): void {
  // Typed as always there, but it is not.
  if (getKernel('WellfitDense', 'tensorflow') as object | undefined) return;
  const host = new NativeHost();
  registerActivationGradients(host);
  registerDense(host);
  registerConv2d(host);
  registerLosses(host);
  registerMaxPool(host);
  registerMultiHot(host);
  registerOptimizers(host);
  registerBatchNormalization(host);
  registerWeightPenalty(host);
}
