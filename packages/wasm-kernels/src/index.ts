export { KernelError } from './errors.js';
export type { Numerics } from './host/compile-kernels.js';
export {
  registerTrainingKernels,
  type TrainingKernelOptions,
  type TrainingKernels,
} from './register-training-kernels.js';
export type { ThreadsRequest } from './threads/hire-crew.js';
