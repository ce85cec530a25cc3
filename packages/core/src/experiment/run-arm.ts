import { lastValueFrom, tap } from 'rxjs';
import type { Checkpoint } from '../contracts/checkpoint.js';
import type { Dataset } from '../contracts/dataset.js';
import type { ExperimentEvent, RunEvent, RunScope } from '../contracts/events.js';
import type { Model } from '../contracts/model.js';
import type { ModelStore } from '../contracts/model-store.js';
import { errorMessage } from '../errors.js';
import { modelShapes } from '../model-shapes.js';
import { randomStreams } from '../random/random-stream.js';
import { train } from '../train/train.js';
import type { ArmPlan } from './plan.js';

/** One run of an experiment. */
export interface ArmRun {
  readonly arm: ArmPlan;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly signal: AbortSignal;
  readonly emit: (event: ExperimentEvent) => void;
  readonly onError?: (error: unknown) => void;
  /** Given the model when its run has ended and before it is disposed; what it throws becomes a warning. */
  readonly onTrained?: OnTrained;
  /** Asked between two epochs whether to take a checkpoint; what it throws becomes a warning, once a run. */
  readonly onCheckpoint?: OnCheckpoint;
  /** Where to go on. */
  readonly resume?: Checkpoint;
  /** Where models go that the run's callbacks save. */
  readonly models?: ModelStore;
}

/** Keeps a checkpoint, for instance on disk, if it is time to; `take` copies everything. */
export type OnCheckpoint = (take: () => Checkpoint, run: RunScope) => void | Promise<void>;

/** Keeps a trained model, for instance on disk. */
export type OnTrained = (model: Model, run: RunScope) => Promise<void>;

/**
 * Builds a fresh model, trains it and frees everything.
 *
 * An error ends the run with `run:end`, status `failed`, and is not thrown: the other runs go on.
 */
export async function runArm({
  arm,
  seed,
  dataset,
  signal,
  emit,
  onError,
  onTrained,
  onCheckpoint,
  resume,
  models,
}: ArmRun): Promise<void> {
  const started = performance.now();
  let epochs = 0;
  const watch = (event: RunEvent): void => {
    if (event.type === 'epoch:end') epochs = event.epoch;
    emit(event);
  };
  const run = { arm: arm.name, seed };
  const warn = (error: unknown): void => {
    onError?.(error);
    emit({ type: 'warning', from: `${arm.name}, seed ${seed}`, message: errorMessage(error) });
  };
  const handOver = async (model: Model): Promise<void> => {
    try {
      await onTrained?.(model, run);
    } catch (error) {
      warn(error);
    }
  };
  let keepsCheckpoints = onCheckpoint !== undefined;
  const keep = async (take: () => Checkpoint): Promise<void> => {
    if (!keepsCheckpoints) return;
    try {
      await onCheckpoint?.(take, run);
    } catch (error) {
      // Training is worth more than the checkpoints, and a disk that is full stays so.
      keepsCheckpoints = false;
      warn(error);
    }
  };
  try {
    const model = arm.preset().build(modelShapes(dataset), randomStreams(seed));
    const optimizer = arm.optimizer();
    try {
      const events$ = train({
        model,
        dataset,
        optimizer,
        seed,
        signal,
        arm: arm.name,
        regularizers: arm.regularizers(),
        callbacks: arm.callbacks(),
        epochs: arm.epochs,
        batchSize: arm.batchSize,
        loss: arm.loss,
        trainEvaluation: arm.trainEvaluation,
        distributions: arm.distributions,
        onCheckpoint: keep,
        resume,
        models,
      });
      await lastValueFrom(events$.pipe(tap(watch)));
      await handOver(model);
    } finally {
      optimizer.dispose();
      model.dispose();
    }
  } catch (error) {
    onError?.(error);
    emit(failedRun(run, { error, epochs, started }));
  }
}

/**
 * The end of a run that an error ended.
 *
 * @param how The error, the finished epochs, and when the run began, by `performance.now`.
 */
export function failedRun(
  { arm, seed }: RunScope,
  { error, epochs, started }: { readonly error: unknown; readonly epochs: number; readonly started: number },
): RunEvent {
  const reason = errorMessage(error);
  const durationMs = performance.now() - started;
  return { type: 'run:end', arm, seed, status: 'failed', reason, epochs, digest: '', durationMs };
}
