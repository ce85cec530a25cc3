import { lastValueFrom, tap } from 'rxjs';
import type { Dataset } from '../contracts/dataset.js';
import type { RunEvent } from '../contracts/events.js';
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
  readonly emit: (event: RunEvent) => void;
  readonly onError?: (error: unknown) => void;
}

/**
 * Builds a fresh model, trains it and frees everything.
 *
 * An error ends the run with `run:end`, status `failed`, and is not thrown: the other runs go on.
 */
export async function runArm({ arm, seed, dataset, signal, emit, onError }: ArmRun): Promise<void> {
  const started = performance.now();
  let epochs = 0;
  const watch = (event: RunEvent): void => {
    if (event.type === 'epoch:end') epochs = event.epoch;
    emit(event);
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
      });
      await lastValueFrom(events$.pipe(tap(watch)));
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
