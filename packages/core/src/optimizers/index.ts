export { adagrad, type AdagradOptions } from './adagrad.js';
export { adam, type AdamOptions } from './adam.js';
export { adamw, type AdamwOptions } from './adamw.js';
export { momentum, type MomentumOptions } from './momentum.js';
export { optimizers } from './optimizers.js';
export { rmsprop, type RmspropOptions } from './rmsprop.js';
export { sgd, type SgdOptions } from './sgd.js';
