export { binaryCrossentropy } from './binary-crossentropy.js';
export { categoricalCrossentropy } from './categorical-crossentropy.js';
export type { Loss, LossName } from './loss.js';
export { lossFor, losses } from './losses.js';
export { meanSquaredError } from './mean-squared-error.js';
