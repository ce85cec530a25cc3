import type { Tensor } from '@tensorflow/tfjs-core';
import type { MultiHot } from '../multi-hot.js';
import type { Named } from './named.js';

/** `train` is fitted, `validation` is watched, `test` is looked at once, at the end. */
export type Split = 'train' | 'validation' | 'test';

/** What a model reads: a dense tensor `[rows, ...inputShape]`, or the sparse rows of a multi-hot matrix. */
export type Inputs = Tensor | MultiHot;

/** The form of a dataset's inputs, the same in all its batches. */
export type InputKind = 'dense' | 'multi-hot';

/** Some rows of a dataset. Whoever receives a batch disposes its tensors, see `disposeBatch`. */
export interface Batch {
  readonly inputs: Inputs;
  /** `[rows, ...targetShape]`, float32. */
  readonly targets: Tensor;
  /** Number of rows. */
  readonly size: number;
}

/** Which rows to read. */
export interface BatchRequest {
  readonly split: Split;
  /** Rows per batch, at least 1; the last batch may be smaller. */
  readonly batchSize: number;
  /** Row numbers within the split, in reading order. All rows in their natural order when absent. */
  readonly rows?: Uint32Array;
}

/** What the targets mean; it decides the default loss, metrics and output activation. */
export type Task = 'binary-classification' | 'classification' | 'regression';

/** Where data comes from, for the report. */
export interface Provenance {
  /** Canonical address, or how the data was generated. */
  readonly source: string;
  /** SHA-256 of the files read, by file name. */
  readonly sha256: Readonly<Record<string, string>>;
  readonly licence: string;
  readonly citation?: string;
}

/** What a model needs to know of its data. */
export type DatasetShapes = Pick<Dataset, 'task' | 'inputKind' | 'inputShape' | 'outputs'>;

/** Data in memory, ready to be read any number of times, always with the same rows. */
export interface Dataset extends Named {
  readonly task: Task;
  /** Whether its batches hold dense tensors or multi-hot rows. */
  readonly inputKind: InputKind;
  /** Shape of one input row, for instance `[10000]`. */
  readonly inputShape: readonly number[];
  /** Shape of one target row, for instance `[1]`. */
  readonly targetShape: readonly number[];
  /** Width of the model's output: 1 for binary classification, else the number of classes or values. */
  readonly outputs: number;
  /** What the classes are called, in the order of their numbers; for binary classification those of 0 and 1. */
  readonly classNames?: readonly string[];
  /** Rows per split; 0 where a split does not exist. */
  readonly sizes: Readonly<Record<Split, number>>;
  readonly provenance: Provenance;
  batches(request: BatchRequest): Iterable<Batch>;
}

/** Progress of work that takes long enough to show a bar. */
export interface LoadProgress {
  /** What is going on, for instance `download` or `decode`. */
  readonly stage: string;
  /** The file concerned. */
  readonly file: string;
  /** Bytes done. */
  readonly done: number;
  /** Bytes in all, where known. */
  readonly total?: number;
}

/** What loading a dataset may need from its host. */
export interface LoadContext {
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
  /**
   * Gives what was made under the same key before, else makes it: datasets of one experiment that differ only in their
   * splits decode their files once and hold them once. Whoever is given it leaves it as it is. Absent: nothing is shared.
   */
  readonly share?: ShareLoad;
}

/** See {@link LoadContext.share}. Keys begin with the name of the file, or else of the package that makes the value. */
export type ShareLoad = <T>(key: string, make: () => Promise<T>) => Promise<T>;

/** A dataset plugin: cheap to create, expensive to load. */
export interface DatasetSource extends Named {
  /** What its rows will be, where that is known before they are loaded; a backend is chosen by it. */
  readonly shapes?: DatasetShapes;
  load(context?: LoadContext): Promise<Dataset>;
}
