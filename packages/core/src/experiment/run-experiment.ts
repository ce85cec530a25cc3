import { Observable, type Subscriber } from 'rxjs';
import type { ExperimentAnalysis } from '../contracts/analysis.js';
import type { Dataset } from '../contracts/dataset.js';
import type { ExperimentEvent, RunEvent } from '../contracts/events.js';
import type { History } from '../contracts/history.js';
import { modelShapes } from '../model-shapes.js';
import { randomStreams } from '../random/random-stream.js';
import { train } from '../train/train.js';
import { HistoryRecorder } from './history-recorder.js';
import type { ArmPlan, ExperimentPlan } from './plan.js';

/** What a host adds to a plan. */
export interface RunExperimentOptions {
  /** Turns histories into numbers and verdicts; `analyzeExperiment` of `@wellfit/analysis`. */
  readonly analyze: (
    histories: readonly History[],
    experiment: { readonly baseline: string; readonly arms: readonly string[] },
  ) => ExperimentAnalysis;
  /** Name of the TensorFlow.js backend that is active, and why, for the record. */
  readonly backend: string;
  /** Versions that decide the numbers, by package, for the record. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Ends the experiment after the step in hand; `run:end` and `experiment:end` still come. */
  readonly signal?: AbortSignal;
}

/**
 * Runs every arm with every seed, one after the other, and streams what happens.
 *
 * All arms of a seed come before the next seed, so that an experiment that is cut short still compares arms fairly.
 * A run that fails ends with `run:end`, status `failed`; the others go on. A dataset that cannot be loaded errors the
 * stream. Cold, as `train`.
 */
export function runExperiment(
  plan: ExperimentPlan,
  options: RunExperimentOptions,
): Observable<ExperimentEvent> {
  return new Observable<ExperimentEvent>((subscriber) => {
    const unsubscribed = new AbortController();
    execute(plan, options, subscriber, unsubscribed.signal).then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
    return () => unsubscribed.abort();
  });
}

async function execute(
  plan: ExperimentPlan,
  options: RunExperimentOptions,
  subscriber: Subscriber<ExperimentEvent>,
  unsubscribed: AbortSignal,
): Promise<void> {
  const started = performance.now();
  const signal = options.signal ? AbortSignal.any([options.signal, unsubscribed]) : unsubscribed;
  const recorder = new HistoryRecorder();
  const emit = (event: ExperimentEvent): void => {
    recorder.add(event);
    subscriber.next(event);
  };
  const arms = plan.arms.map(({ name }) => name);

  emit({
    type: 'experiment:start',
    name: plan.name,
    ...(plan.description !== undefined && { description: plan.description }),
    arms,
    baseline: plan.baseline,
    seeds: plan.seeds,
    startedAt: new Date().toISOString(),
    backend: options.backend,
    versions: options.versions ?? {},
    spec: plan.spec,
  });
  const loaded = new Map<string, Promise<Dataset>>();
  for (const seed of plan.seeds) {
    for (const arm of plan.arms) {
      if (signal.aborted) break;
      const dataset = await load(arm, loaded, emit, signal);
      if (dataset) await runArm(arm, seed, dataset, signal, emit);
    }
  }
  emit({
    type: 'experiment:end',
    status: signal.aborted ? 'cancelled' : 'completed',
    durationMs: performance.now() - started,
    analysis: options.analyze(recorder.histories(), { baseline: plan.baseline, arms }),
  });
}

/** Loads a dataset once for all arms that use it; undefined where that was cancelled. */
async function load(
  arm: ArmPlan,
  loaded: Map<string, Promise<Dataset>>,
  emit: (event: ExperimentEvent) => void,
  signal: AbortSignal,
): Promise<Dataset | undefined> {
  const known = loaded.get(arm.datasetKey);
  if (known) return known;
  const source = arm.dataset();
  const loading = source.load({
    signal,
    onProgress: (progress) => emit({ type: 'dataset:progress', dataset: source.name, ...progress }),
  });
  loaded.set(arm.datasetKey, loading);
  try {
    const dataset = await loading;
    emit({
      type: 'dataset:ready',
      dataset: source.name,
      sizes: dataset.sizes,
      provenance: dataset.provenance,
    });
    return dataset;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** Builds a fresh model, trains it and frees everything. */
async function runArm(
  arm: ArmPlan,
  seed: number,
  dataset: Dataset,
  signal: AbortSignal,
  emit: (event: RunEvent) => void,
): Promise<void> {
  const started = performance.now();
  let epochs = 0;
  try {
    const model = arm.preset.build(modelShapes(dataset), randomStreams(seed));
    const optimizer = arm.optimizer();
    try {
      const { regularizers, epochs: limit, batchSize, loss, trainEvaluation } = arm;
      const callbacks = arm.callbacks();
      await new Promise<void>((resolve, reject) => {
        train({
          ...{ model, dataset, optimizer, seed, arm: arm.name, regularizers, callbacks },
          ...{ epochs: limit, batchSize, loss, trainEvaluation, signal },
        }).subscribe({
          next: (event) => {
            if (event.type === 'epoch:end') epochs = event.epoch;
            emit(event);
          },
          error: reject,
          complete: resolve,
        });
      });
    } finally {
      optimizer.dispose();
      model.dispose();
    }
  } catch (error) {
    emit({
      type: 'run:end',
      arm: arm.name,
      seed,
      status: 'failed',
      reason: error instanceof Error ? error.message : String(error),
      epochs,
      digest: '',
      durationMs: performance.now() - started,
    });
  }
}
