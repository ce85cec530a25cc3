import { lastValueFrom, tap } from 'rxjs';
import type { Dataset } from '../contracts/dataset.js';
import type { ExperimentEvent, RunEvent, RunScope } from '../contracts/events.js';
import type { Model } from '../contracts/model.js';
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
}

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
}: ArmRun): Promise<void> {
  const started = performance.now();
  let epochs = 0;
  const watch = (event: RunEvent): void => {
    if (event.type === 'epoch:end') epochs = event.epoch;
    emit(event);
  };
  const handOver = async (model: Model): Promise<void> => {
    try {
      await onTrained?.(model, { arm: arm.name, seed });
    } catch (error) {
      onError?.(error);
      emit({ type: 'warning', from: `${arm.name}, seed ${seed}`, message: errorMessage(error) });
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
      });
      await lastValueFrom(events$.pipe(tap(watch)));
      await handOver(model);
    } finally {
      optimizer.dispose();
      model.dispose();
    }
  } catch (error) {
    onError?.(error);
    emit({
      type: 'run:end',
      arm: arm.name,
      seed,
      status: 'failed',
      reason: errorMessage(error),
      epochs,
      digest: '',
      durationMs: performance.now() - started,
    });
  }
}
