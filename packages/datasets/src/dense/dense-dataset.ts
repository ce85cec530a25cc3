import { tensor } from '@tensorflow/tfjs-core';
import type { Dataset, Provenance, Split, Task } from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';
import { inMemoryDataset, type StoredRows } from '../in-memory/in-memory-dataset.js';

/** Rows of numbers with their targets, end to end. */
export interface DenseRows {
  readonly inputs: Float32Array;
  /** Values, 0 or 1, class numbers or one-hot rows, as the task wants. */
  readonly targets: ArrayLike<number>;
}

/** A dataset of your own arrays. */
export interface DenseDatasetParts {
  readonly name: string;
  readonly task: Task;
  /** Shape of one input row, for instance `[4]` or `[28, 28, 1]`. */
  readonly inputShape: readonly number[];
  /** Shape of one target row; `[1]` by default. */
  readonly targetShape?: readonly number[];
  /** Names of the classes; for binary classification those of 0 and 1. */
  readonly classNames?: readonly string[];
  /**
   * Width of the model's output. By default the number of class names for classification, else that of target values;
   * to be given where the classes have no names.
   */
  readonly outputs?: number;
  readonly splits: { readonly train: DenseRows } & Readonly<Partial<Record<Split, DenseRows>>>;
  readonly provenance?: Provenance;
}

/**
 * Serves arrays in memory as a {@link Dataset}: batches of float32 inputs `[rows, ...inputShape]` and targets
 * `[rows, ...targetShape]`. The arrays are not copied: leave them as they are.
 *
 * @throws DatasetError `bad-data` where lengths and shapes do not fit together; later, `batches` throws `bad-request`
 * for a split, batch size or row that does not exist.
 * @example
 * const dataset = denseDataset({
 *   name: 'parabola', task: 'regression', inputShape: [1],
 *   splits: { train: { inputs: Float32Array.of(-1, 0, 1), targets: [1, 0, 1] } },
 * });
 */
export function denseDataset(parts: DenseDatasetParts): Dataset {
  const { name, task, inputShape, targetShape = [1], classNames } = parts;
  const { train, validation, test } = parts.splits;
  const stored = (split: Split, rows: DenseRows): StoredRows =>
    storedRows(`[dataset ${name}] the ${split} split`, rows, inputShape, targetShape);
  return inMemoryDataset({
    name,
    task,
    inputKind: 'dense',
    inputShape: [...inputShape],
    targetShape: [...targetShape],
    outputs: outputsOf(parts, targetShape),
    ...(classNames && { classNames: [...classNames] }),
    provenance: parts.provenance ?? { source: 'arrays in memory', sha256: {}, licence: 'not stated' },
    splits: {
      train: stored('train', train),
      ...(validation && { validation: stored('validation', validation) }),
      ...(test && { test: stored('test', test) }),
    },
  });
}

function outputsOf(
  { name, task, outputs, classNames }: DenseDatasetParts,
  target: readonly number[],
): number {
  if (outputs !== undefined) return outputs;
  if (task !== 'classification') return sizeOf(target);
  // One-hot targets are as wide as there are classes; class numbers do not say how many there are.
  const classes = classNames?.length ?? sizeOf(target);
  if (classes > 1) return classes;
  throw new DatasetError('bad-data', `[dataset ${name}] needs classNames, or outputs: the number of classes`);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

function storedRows(
  place: string,
  { inputs, targets }: DenseRows,
  inputShape: readonly number[],
  targetShape: readonly number[],
): StoredRows {
  const inputSize = sizeOf(inputShape);
  const targetSize = sizeOf(targetShape);
  const count = inputs.length / inputSize;
  if (!Number.isInteger(count) || targets.length !== count * targetSize) {
    throw new DatasetError(
      'bad-data',
      `${place} has ${inputs.length} input and ${targets.length} target values; a row takes ${inputSize} and ` +
        `${targetSize}`,
    );
  }
  return {
    count,
    read(rows) {
      const x = new Float32Array(rows.length * inputSize);
      const y = new Float32Array(rows.length * targetSize);
      rows.forEach((row, r) => {
        x.set(inputs.subarray(row * inputSize, (row + 1) * inputSize), r * inputSize);
        for (let i = 0; i < targetSize; i++) y[r * targetSize + i] = targets[row * targetSize + i];
      });
      return {
        inputs: tensor(x, [rows.length, ...inputShape]),
        targets: tensor(y, [rows.length, ...targetShape]),
      };
    },
  };
}
