import { valuesInPlace } from '../kernels/values-in-place.js';
import { sparseClasses } from '../losses/sparse-classes.js';
import type { Metric } from './metric.js';

/**
 * The share of rows whose largest logit is that of the target class, 0 to 1; of equal logits the first counts.
 *
 * Targets: class numbers `[rows]` or `[rows, 1]`, or `[rows, classes]` one-hot.
 */
export const categoricalAccuracy: Metric = {
  name: 'accuracy',
  compute(logits, targets) {
    const [rows, classes] = logits.shape;
    const ids = sparseClasses(targets, logits);
    const z = valuesInPlace(logits);
    const y = ids ? undefined : valuesInPlace(targets);
    let right = 0;
    for (let row = 0; row < rows; row++) {
      const wanted = ids ? ids[row] : largest(y!, row, classes);
      if (largest(z, row, classes) === wanted) right += 1;
    }
    return right / rows;
  },
};

/** Column of the first largest value of a row. */
function largest(values: ArrayLike<number>, row: number, width: number): number {
  const start = row * width;
  let best = 0;
  for (let column = 1; column < width; column++) {
    if (values[start + column] > values[start + best]) best = column;
  }
  return best;
}
