import { adagrad } from './adagrad.js';
import { adam } from './adam.js';
import { adamw } from './adamw.js';
import { momentum } from './momentum.js';
import { rmsprop } from './rmsprop.js';
import { sgd } from './sgd.js';

/** All optimizers by name. */
export const optimizers = { adagrad, adam, adamw, momentum, rmsprop, sgd } as const;
