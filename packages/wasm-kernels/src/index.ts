export { KernelError } from './errors.js';
export { registerTrainingKernels } from './register-training-kernels.js';
