import { valuesInPlace } from '../kernels/values-in-place.js';
import { requireMatch } from '../losses/match-shape.js';
import type { Metric } from './metric.js';

/**
 * The share of right yes/no answers, 0 to 1: yes is a logit above 0, that is, a probability above 0.5.
 *
 * Targets: the shape of the logits, or `[rows]` for one output; yes is above 0.5. With several outputs every one of
 * them counts alike, as in Keras.
 */
export const binaryAccuracy: Metric = {
  name: 'accuracy',
  compute(logits, targets) {
    requireMatch(targets, logits);
    // A few hundred numbers: reading them costs less than four tensor operations.
    const z = valuesInPlace(logits);
    const y = valuesInPlace(targets);
    let right = 0;
    for (let i = 0; i < z.length; i++) if (z[i] > 0 === y[i] > 0.5) right += 1;
    return right / z.length;
  },
};
