import { Observable, type Subscriber } from 'rxjs';
import type { ExperimentAnalysis } from '../contracts/analysis.js';
import type { Activation } from '../contracts/backend.js';
import type { Dataset, LoadProgress } from '../contracts/dataset.js';
import type { ExperimentEvent, RunScope } from '../contracts/events.js';
import type { History } from '../contracts/history.js';
import { CoreError, isWellfitError, errorMessage } from '../errors.js';
import { modelShapes } from '../model-shapes.js';
import { randomStreams } from '../random/random-stream.js';
import { applyRegularizers } from '../train/applied-regularizers.js';
import { HistoryRecorder } from './history-recorder.js';
import type { ArmPlan, ExperimentPlan } from './plan.js';
import { runArm, type OnTrained } from './run-arm.js';
import { shareLoads } from './share-loads.js';

/** What a host adds to a plan. */
export interface RunExperimentOptions {
  /** Turns histories into numbers and verdicts; `analyzeExperiment` of `@wellfit/analysis`. */
  readonly analyze: (
    histories: readonly History[],
    experiment: { readonly baseline: string; readonly arms: readonly string[] },
  ) => ExperimentAnalysis;
  /** Name of the TensorFlow.js backend that is active, for the record. */
  readonly backend: string;
  /** Why it was chosen, for the record. */
  readonly backendReason?: string;
  /** What its activation said, for the record. */
  readonly activation?: Pick<Activation, 'numerics' | 'detail'>;
  /** Versions that decide the numbers, by package, for the record. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Told what was thrown where a run fails, for its stack; events carry only the message. */
  readonly onRunError?: (error: unknown) => void;
  /** Given every trained model before it is disposed, to keep it; what it throws becomes a warning. */
  readonly onTrained?: OnTrained;
  /** Whether a run is wanted, asked when its turn comes; all are, where absent. */
  readonly wanted?: (run: RunScope) => boolean;
  /** Ends the experiment after the step in hand; `run:end` and `experiment:end` still come. */
  readonly signal?: AbortSignal;
}

/**
 * Runs every arm with every seed, one after the other, and streams what happens.
 *
 * All arms of a seed come before the next seed, so that an experiment that is cut short still compares arms fairly.
 * A run that fails ends with `run:end`, status `failed`; the others go on. A dataset that cannot be loaded, or a model that
 * cannot be built for it, errors the stream before anything is trained. Cold, as `train`.
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
    ...(options.activation?.detail && { backendDetail: options.activation.detail }),
    ...(options.backendReason !== undefined && { backendReason: options.backendReason }),
    numerics: options.activation?.numerics ?? 'exact',
    versions: options.versions ?? {},
    spec: plan.spec,
  });
  const datasets = await loadAll(plan.arms, emit, signal);
  checkModels(plan.arms, datasets);
  for (const seed of plan.seeds) {
    for (const arm of plan.arms) {
      const dataset = datasets.get(arm.datasetKey);
      const { onRunError: onError, onTrained, wanted = () => true } = options;
      if (dataset && !signal.aborted && wanted({ arm: arm.name, seed })) {
        await runArm({ arm, seed, dataset, signal, emit, onError, onTrained });
      }
    }
  }
  emit({
    type: 'experiment:end',
    status: signal.aborted ? 'cancelled' : 'completed',
    durationMs: performance.now() - started,
    analysis: options.analyze(recorder.histories(), { baseline: plan.baseline, arms }),
  });
}

/** What a dataset says itself stands; anything else that it throws is given its name. */
function datasetError(name: string, error: unknown): unknown {
  if (isWellfitError(error)) return error;
  return new CoreError('dataset-failed', `[dataset ${name}] ${errorMessage(error)}`, { cause: error });
}

/**
 * Loads each dataset once, before the first run: one that is missing must not cost the runs of other arms. Some are
 * absent where loading was cancelled.
 */
async function loadAll(
  arms: readonly ArmPlan[],
  emit: (event: ExperimentEvent) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Dataset>> {
  const datasets = new Map<string, Dataset>();
  const share = shareLoads();
  for (const arm of arms) {
    if (datasets.has(arm.datasetKey) || signal.aborted) continue;
    const source = arm.dataset();
    const onProgress = (progress: LoadProgress): void =>
      emit({ type: 'dataset:progress', dataset: source.name, ...progress });
    try {
      const dataset = await source.load({ signal, onProgress, share });
      datasets.set(arm.datasetKey, dataset);
      const { sizes, provenance } = dataset;
      emit({ type: 'dataset:ready', dataset: source.name, sizes, provenance });
    } catch (error) {
      if (!signal.aborted) throw datasetError(source.name, error);
    }
  }
  return datasets;
}

/**
 * Builds every arm's model once and places its regularizers, before the first run: what does not fit the data must not
 * show only when others have trained for hours.
 *
 * @throws CoreError `bad-arm`, which names all arms that cannot be built, and why.
 */
function checkModels(arms: readonly ArmPlan[], datasets: ReadonlyMap<string, Dataset>): void {
  const problems = arms.flatMap((arm) => {
    const dataset = datasets.get(arm.datasetKey);
    if (!dataset) return [];
    try {
      const model = arm.preset().build(modelShapes(dataset), randomStreams(1));
      try {
        applyRegularizers(model, arm.regularizers(), 1);
      } finally {
        model.dispose();
      }
      return [];
    } catch (cause) {
      return [{ arm: arm.name, cause }];
    }
  });
  if (problems.length === 0) return;
  const lines = problems.map(({ arm, cause }) => `  arm ${arm}: ${errorMessage(cause)}`);
  const message = `Nothing was trained, since these models cannot be built:\n${lines.join('\n')}`;
  throw new CoreError('bad-arm', message, { cause: problems[0].cause });
}
