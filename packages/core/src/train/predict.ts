import { sigmoid, softmax, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Dataset, Inputs, Split } from '../contracts/dataset.js';
import type { Model, OutputActivation } from '../contracts/model.js';
import { disposeBatch } from '../dispose-batch.js';

const activations: Readonly<Record<OutputActivation, (logits: Tensor) => Tensor>> = {
  linear: (logits) => logits,
  sigmoid: (logits) => sigmoid(logits),
  softmax: (logits) => softmax(logits),
};

/**
 * What a model predicts, in inference mode: probabilities where its output activation is `sigmoid` or `softmax`, else
 * values.
 *
 * @returns `[rows, outputs]`; the caller disposes it.
 */
export function predict(model: Model, inputs: Inputs): Tensor {
  return tidy(() => activations[model.outputActivation](model.forward(inputs, { training: false })));
}

/** Which rows {@link predictRows} reads. */
export interface PredictRowsOptions {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly split: Split;
  /** Row numbers within the split; all by default. */
  readonly rows?: Uint32Array;
  /** Rows at a time, 256 by default. */
  readonly batchSize?: number;
}

/** A row with what a model makes of it. */
export interface Prediction {
  /** Number within the split. */
  readonly row: number;
  /** The dataset's target values. */
  readonly target: readonly number[];
  /** As many values as the model has outputs, see {@link predict}. */
  readonly values: readonly number[];
}

/**
 * Predicts rows of a dataset, a batch at a time as they are asked for.
 *
 * @example
 * for (const { row, target, values } of predictRows({ model, dataset, split: 'test' })) console.log(row, target, values);
 */
export function* predictRows(options: PredictRowsOptions): Generator<Prediction> {
  const { model, dataset, split, batchSize = 256 } = options;
  const rows = options.rows ?? Uint32Array.from({ length: dataset.sizes[split] }, (_, row) => row);
  let done = 0;
  for (const batch of dataset.batches({ split, batchSize, rows })) {
    let found: Prediction[];
    try {
      const predictions = predict(model, batch.inputs);
      const values = rowsOf(predictions);
      predictions.dispose();
      const targets = rowsOf(batch.targets);
      found = values.map((own, i) => ({ row: rows[done + i], target: targets[i], values: own }));
    } finally {
      disposeBatch(batch);
    }
    done += batch.size;
    yield* found;
  }
}

function rowsOf(table: Tensor): number[][] {
  const [rows] = table.shape;
  const values = Array.from(table.dataSync());
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, i) => values.slice(i * width, (i + 1) * width));
}
