import type { Tensor } from '@tensorflow/tfjs-core';
import type { Dataset } from '../contracts/dataset.js';
import { valuesInPlace } from '../kernels/values-in-place.js';

/**
 * The loss of the best model that ignores its inputs, from the targets as training reads them: such a model gives the
 * frequencies of the classes, or for regression the mean.
 *
 * Hence the entropy of the classes in nats; for binary targets the mean over outputs of -p ln p - (1 - p) ln(1 - p); for
 * regression the mean over outputs of the population variance.
 */
export class GuessingLoss {
  #rows = 0;
  /** Of the first row: variances of what lies far from 0 would drown in rounding errors. */
  #first: readonly number[] = [];
  /** Sums of the differences from the first row, and of their squares. */
  readonly #sums: number[] = [];
  readonly #squares: number[] = [];

  constructor(private readonly dataset: Pick<Dataset, 'task' | 'outputs'>) {}

  /** @param targets Of so many rows; left as they are. */
  add(targets: Tensor, rows: number): void {
    const values = valuesInPlace(targets);
    const width = values.length / rows;
    const { task, outputs } = this.dataset;
    if (task === 'classification' && width !== outputs) {
      for (const id of values) this.#sums[id] = (this.#sums[id] ?? 0) + 1;
    } else {
      // Classes are counted from 0, whatever the first row holds.
      if (this.#rows === 0) {
        this.#first = Array.from(values.slice(0, width), (value) => (task === 'regression' ? value : 0));
      }
      for (let i = 0; i < values.length; i++) this.#addTo(i % width, values[i]);
    }
    this.#rows += rows;
  }

  /** Undefined before the first row, and where targets are no probabilities: nobody could read a record with NaN in it. */
  get value(): number | undefined {
    const loss = this.#loss();
    return loss >= 0 && Number.isFinite(loss) ? loss : undefined;
  }

  #loss(): number {
    if (this.#rows === 0) return NaN;
    // Without the holes of classes that no row has.
    const means = this.#sums.flatMap((sum) => sum / this.#rows);
    switch (this.dataset.task) {
      case 'classification':
        return entropy(means);
      case 'binary-classification':
        return meanOf(means.map((p) => entropy([p, 1 - p])));
      case 'regression':
        return meanOf(means.map((mean, output) => this.#squares[output] / this.#rows - mean ** 2));
    }
  }

  #addTo(output: number, value: number): void {
    const difference = value - this.#first[output];
    this.#sums[output] = (this.#sums[output] ?? 0) + difference;
    this.#squares[output] = (this.#squares[output] ?? 0) + difference ** 2;
  }
}

/** In nats, of probabilities. */
function entropy(probabilities: readonly number[]): number {
  // Not -0 where one class is certain.
  return probabilities.reduce((sum, p) => (p === 0 ? sum : sum - p * Math.log(p)), 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
