import { tensor2d } from '@tensorflow/tfjs-core';
import {
  multiHotRows,
  selectRows,
  type Batch,
  type BatchRequest,
  type Dataset,
  type MultiHot,
  type Provenance,
  type Split,
} from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';

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
  /** All of the same width. */
  readonly splits: { readonly train: MultiHotRows } & Readonly<Partial<Record<Split, MultiHotRows>>>;
}

/**
 * Serves multi-hot rows as a {@link Dataset} for binary classification: batches of inputs `[rows, width]`, never
 * dense, and float32 targets `[rows, 1]`. `batches` throws DatasetError `bad-request` for a split, batch size or row
 * that does not exist.
 */
export function multiHotDataset({ name, provenance, splits }: MultiHotDatasetParts): Dataset {
  const sizeOf = (split: Split): number => splits[split]?.labels.length ?? 0;
  return {
    name,
    task: 'binary-classification',
    inputKind: 'multi-hot',
    inputShape: [splits.train.inputs.width],
    targetShape: [1],
    outputs: 1,
    sizes: { train: sizeOf('train'), validation: sizeOf('validation'), test: sizeOf('test') },
    provenance,
    batches(request) {
      const data = splits[request.split];
      if (data === undefined) {
        throw new DatasetError('bad-request', `[dataset ${name}] has no ${request.split} split`);
      }
      return readBatches(data, checkRequest(name, request, data.labels.length), request.batchSize);
    },
  };
}

/** The rows to read; they are checked here because typed arrays give no error later. */
function checkRequest(name: string, { batchSize, rows }: BatchRequest, size: number): Uint32Array {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new DatasetError(
      'bad-request',
      `[dataset ${name}] batch size must be at least 1, got ${batchSize}`,
    );
  }
  if (rows === undefined) return Uint32Array.from({ length: size }, (_, row) => row);
  const wrong = rows.find((row) => row >= size);
  if (wrong !== undefined) {
    throw new DatasetError('bad-request', `[dataset ${name}] row ${wrong} does not exist, there are ${size}`);
  }
  return rows;
}

function* readBatches(
  { inputs, labels }: MultiHotRows,
  rows: Uint32Array,
  batchSize: number,
): Generator<Batch> {
  for (let at = 0; at < rows.length; at += batchSize) {
    const chosen = rows.subarray(at, at + batchSize);
    const selected = selectRows(inputs, chosen);
    const targets = Float32Array.from(chosen, (row) => labels[row]);
    yield { inputs: selected, targets: tensor2d(targets, [chosen.length, 1]), size: multiHotRows(selected) };
  }
}

/** Rows `from` up to, not including, `to`. Shares the indices with the source. */
export function sliceRows({ inputs, labels }: MultiHotRows, from: number, to: number): MultiHotRows {
  const first = inputs.offsets[from];
  return {
    inputs: {
      ...inputs,
      indices: inputs.indices.subarray(first, inputs.offsets[to]),
      offsets: inputs.offsets.subarray(from, to + 1).map((offset) => offset - first),
    },
    labels: labels.subarray(from, to),
  };
}
