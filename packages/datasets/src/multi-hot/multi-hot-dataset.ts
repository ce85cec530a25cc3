import { tensor2d } from '@tensorflow/tfjs-core';
import {
  copyRows,
  selectRows,
  type Dataset,
  type DatasetShapes,
  type MultiHot,
  type Provenance,
  type Split,
} from '@wellfit/core';
import { inMemoryDataset, type StoredRows } from '../in-memory/in-memory-dataset.js';

/** Rows with a binary label each. */
export interface MultiHotRows {
  readonly inputs: MultiHot;
  /** 0 or 1 per row. */
  readonly labels: Uint8Array;
}

/** A dataset in memory whose inputs are multi-hot and whose targets are 0 or 1. */
export interface MultiHotDatasetParts {
  readonly name: string;
  readonly provenance: Provenance;
  /** What the labels 0 and 1 mean. */
  readonly classNames?: readonly [zero: string, one: string];
  /** All of the same width. */
  readonly splits: { readonly train: MultiHotRows } & Readonly<Partial<Record<Split, MultiHotRows>>>;
}

/**
 * Serves multi-hot rows as a {@link Dataset} for binary classification: batches of inputs `[rows, width]`, never
 * dense, and float32 targets `[rows, 1]`. The rows must not change any more: a backend may keep a copy. `batches` throws
 * DatasetError `bad-request` for a split, batch size or row that does not exist.
 */
export function multiHotDataset({ name, provenance, classNames, splits }: MultiHotDatasetParts): Dataset {
  const { train, validation, test } = splits;
  return inMemoryDataset({
    name,
    ...multiHotShapes(train.inputs.width),
    targetShape: [1],
    ...(classNames && { classNames }),
    provenance,
    splits: {
      train: stored(train),
      ...(validation && { validation: stored(validation) }),
      ...(test && { test: stored(test) }),
    },
  });
}

/** What the rows of a multi-hot dataset are, also before it is loaded. */
export function multiHotShapes(width: number): DatasetShapes {
  return { task: 'binary-classification', inputKind: 'multi-hot', inputShape: [width], outputs: 1 };
}

function stored({ inputs, labels }: MultiHotRows): StoredRows {
  return {
    count: labels.length,
    read(rows) {
      // Not by `Float32Array.from`, which takes twenty times as long.
      const targets = new Float32Array(rows.length);
      for (let r = 0; r < rows.length; r++) targets[r] = labels[rows[r]];
      return { inputs: selectRows(inputs, rows), targets: tensor2d(targets, [rows.length, 1]) };
    },
  };
}

/** Rows `from` up to, not including, `to`. Shares the indices with the source. */
export function sliceRows({ inputs, labels }: MultiHotRows, from: number, to: number): MultiHotRows {
  const first = inputs.offsets[from];
  return {
    inputs: {
      kind: 'multi-hot',
      width: inputs.width,
      indices: inputs.indices.subarray(first, inputs.offsets[to]),
      offsets: inputs.offsets.subarray(from, to + 1).map((offset) => offset - first),
    },
    labels: labels.subarray(from, to),
  };
}

/** The given rows in the given order, copied. */
export function chooseRows({ inputs, labels }: MultiHotRows, rows: Uint32Array): MultiHotRows {
  return { inputs: copyRows(inputs, rows), labels: Uint8Array.from(rows, (row) => labels[row]) };
}
