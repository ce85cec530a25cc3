/** Shapes in which the kernels are timed: those of the networks in `works.mjs`. */

/** `[m, k, n, operation]`: N for a matrix as it is, T for one that is given transposed. */
export const products = [
  [512, 10_000, 16, 'NN'],
  [10_000, 512, 16, 'TN'],
  [100, 784, 64, 'NN'],
  [784, 100, 64, 'TN'],
  [100, 64, 784, 'NT'],
  [32, 784, 64, 'NN'],
  [100, 64, 32, 'NN'],
  [32_768, 288, 32, 'NN'],
  [288, 32_768, 32, 'TN'],
  [32_768, 32, 288, 'NT'],
  [8192, 576, 64, 'NN'],
  [576, 8192, 64, 'TN'],
  [2048, 1152, 128, 'NN'],
  [1152, 2048, 128, 'TN'],
  [2048, 128, 1152, 'NT'],
  [32, 2048, 256, 'NN'],
  [2048, 32, 256, 'TN'],
];

/** `[side of the image, channels in, channels out]` of 3 x 3 convolutions, padding `same`, batch 32. */
export const convolutions = [
  [32, 3, 32],
  [32, 32, 32],
  [16, 32, 64],
  [16, 64, 64],
  [8, 64, 128],
  [8, 128, 128],
];

/** GFLOP/s that each is to reach on one thread with plain SIMD; gradients by the weights of a wide input less. */
export function target(name) {
  return name === '10000x512x16 TN' ? 20 : 30;
}
