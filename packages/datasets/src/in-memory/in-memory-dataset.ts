import type { Tensor } from '@tensorflow/tfjs-core';
import type { Batch, BatchRequest, Dataset, Inputs, Split } from '@wellfit/core';
import { DatasetError } from '../dataset-error.js';

/** The rows of one split, wherever they are. */
export interface StoredRows {
  readonly count: number;
  /**
   * Makes a batch of the given rows, in the given order; whoever receives it disposes its tensors.
   *
   * @param next The rows of the next batch, given as this very object then, or to `forget`.
   */
  read(rows: Uint32Array, next?: Uint32Array): { readonly inputs: Inputs; readonly targets: Tensor };
  /** Gives up what was prepared for rows that were named as the next. */
  forget?(rows: Uint32Array): void;
}

/** What {@link inMemoryDataset} completes to a dataset. */
export interface InMemoryParts extends Omit<Dataset, 'sizes' | 'batches'> {
  readonly splits: { readonly train: StoredRows } & Readonly<Partial<Record<Split, StoredRows>>>;
}

/**
 * Cuts requests into batches: what all datasets in memory have in common. `batches` throws DatasetError `bad-request`
 * for a split, batch size or row that does not exist, before the first batch.
 */
export function inMemoryDataset({ splits, ...description }: InMemoryParts): Dataset {
  const { name } = description;
  // Asked for twice an epoch, and never changed.
  const all = new Map<number, Uint32Array>();
  const allRows = (size: number): Uint32Array => {
    const rows = all.get(size) ?? ascending(size);
    all.set(size, rows);
    return rows;
  };
  const sizeOf = (split: Split): number => splits[split]?.count ?? 0;
  return {
    ...description,
    sizes: { train: sizeOf('train'), validation: sizeOf('validation'), test: sizeOf('test') },
    batches(request) {
      const stored = splits[request.split];
      if (stored === undefined) {
        throw new DatasetError('bad-request', `[dataset ${name}] has no ${request.split} split`);
      }
      const rows = checkRequest(name, request, stored.count) ?? allRows(stored.count);
      return readBatches(stored, rows, request.batchSize);
    },
  };
}

/** The rows to read, nothing for all; they are checked here because typed arrays give no error later. */
function checkRequest(
  name: string,
  { batchSize, rows }: BatchRequest,
  size: number,
): Uint32Array | undefined {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new DatasetError(
      'bad-request',
      `[dataset ${name}] batch size must be at least 1, got ${batchSize}`,
    );
  }
  for (let i = 0; rows && i < rows.length; i++) {
    if (rows[i] < size) continue;
    const message = `[dataset ${name}] row ${rows[i]} does not exist, there are ${size}`;
    throw new DatasetError('bad-request', message);
  }
  return rows;
}

function ascending(size: number): Uint32Array {
  const rows = new Uint32Array(size);
  for (let row = 0; row < size; row++) rows[row] = row;
  return rows;
}

function* readBatches(stored: StoredRows, rows: Uint32Array, batchSize: number): Generator<Batch> {
  let next: Uint32Array | undefined = rows.subarray(0, batchSize);
  try {
    for (let at = batchSize; next !== undefined && next.length > 0; at += batchSize) {
      const chosen: Uint32Array = next;
      next = at < rows.length ? rows.subarray(at, at + batchSize) : undefined;
      yield { ...stored.read(chosen, next), size: chosen.length };
    }
  } finally {
    // Where whoever reads the batches has had enough of them.
    if (next !== undefined && next.length > 0) stored.forget?.(next);
  }
}
