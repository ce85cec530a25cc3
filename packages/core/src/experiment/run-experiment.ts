import { Observable, type Subscriber } from 'rxjs';
import type { ExperimentAnalysis } from '../contracts/analysis.js';
import type { Checkpoint, EarlierRun } from '../contracts/checkpoint.js';
import type { Activation } from '../contracts/backend.js';
import type { ShareLoad } from '../contracts/dataset.js';
import type { ExperimentEvent, RunScope } from '../contracts/events.js';
import type { History } from '../contracts/history.js';
import type { ModelStore } from '../contracts/model-store.js';
import { checkModels } from './check-models.js';
import { HistoryRecorder } from './history-recorder.js';
import { loadDatasets } from './load-datasets.js';
import type { ArmPlan, ExperimentPlan } from './plan.js';
import { failedRun, runArm, type OnCheckpoint, type OnTrained } from './run-arm.js';

/** What a host adds to a plan. */
export interface RunExperimentOptions {
  /** Turns histories into numbers and verdicts; `analyzeExperiment` of `@wellfit/analysis`. */
  readonly analyze: (
    histories: readonly History[],
    experiment: {
      readonly baseline: string;
      readonly arms: readonly string[];
      readonly seeds: readonly number[];
    },
  ) => ExperimentAnalysis;
  /** Name of the TensorFlow.js backend that is active, for the record. */
  readonly backend: string;
  /** Why it was chosen, for the record. */
  readonly backendReason?: string;
  /** What its activation said, for the record. */
  readonly activation?: Pick<Activation, 'numerics' | 'detail'>;
  /** Versions that decide the numbers, by package, for the record. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Where the experiment's third-party plugins were found, for the record. */
  readonly pluginFolders?: readonly string[];
  /** When the experiment was started first, where it goes on now; ISO 8601. */
  readonly startedAt?: string;
  /** What its earlier sessions took, in ms, where it goes on now. */
  readonly spentMs?: number;
  /** Told what was thrown where a run fails, for its stack; events carry only the message. */
  readonly onRunError?: (error: unknown) => void;
  /** Given every trained model before it is disposed, to keep it; what it throws becomes a warning. */
  readonly onTrained?: OnTrained;
  /** Where models go that the callbacks of a run save; without it, saving one fails the run. */
  readonly models?: (run: RunScope) => ModelStore;
  /** Asked between two epochs of a run whether to keep a checkpoint; what it throws becomes a warning. */
  readonly onCheckpoint?: OnCheckpoint;
  /** What is known of a run from before the experiment was interrupted, asked when its turn comes. */
  readonly earlier?: (run: RunScope) => EarlierRun | undefined | Promise<EarlierRun | undefined>;
  /** Trains the runs elsewhere, several at a time; here, one after the other, where absent. */
  readonly runner?: RunRunner;
  /** What datasets share as they are loaded; by default what `shareLoads` makes. */
  readonly share?: ShareLoad;
  /** Whether a run is wanted, asked when its turn comes; all are, where absent. */
  readonly wanted?: (run: RunScope) => boolean;
  /** Ends the experiment after the step in hand; `run:end` and `experiment:end` still come. */
  readonly signal?: AbortSignal;
}

/** One run to train, for a {@link RunRunner}. */
export interface RunTask extends RunScope {
  /** Where to go on. */
  readonly resume?: Checkpoint;
  readonly signal: AbortSignal;
  /** Given the run's events in their order, up to `run:end`. */
  readonly emit: (event: ExperimentEvent) => void;
}

/** Trains runs elsewhere than in this thread. */
export interface RunRunner {
  /** How many runs it trains at a time, at least 1. */
  readonly jobs: number;
  /** Trains one run; rejects where it could not be brought to its `run:end`, which fails the run and not the experiment. */
  run(task: RunTask): Promise<void>;
}

/**
 * Runs every arm with every seed and streams what happens: one run after the other, or several at a time by a `runner`.
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
  const runs = plan.seeds.flatMap((seed) => plan.arms.map(({ name }) => ({ arm: name, seed })));
  const recorder = new HistoryRecorder(runs);
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
    startedAt: options.startedAt ?? new Date().toISOString(),
    ...(options.spentMs !== undefined && { spentMs: options.spentMs }),
    backend: options.backend,
    ...(options.activation?.detail && { backendDetail: options.activation.detail }),
    ...(options.backendReason !== undefined && { backendReason: options.backendReason }),
    numerics: options.activation?.numerics ?? 'exact',
    ...(options.runner && { jobs: options.runner.jobs }),
    versions: options.versions ?? {},
    ...(options.pluginFolders && { pluginFolders: options.pluginFolders }),
    spec: plan.spec,
  });
  const datasets = await loadDatasets(plan.arms, emit, signal, options.share);
  checkModels(plan.arms, datasets);
  const { runner, wanted = () => true } = options;
  const train = async (arm: ArmPlan, seed: number): Promise<void> => {
    const dataset = datasets.get(arm.datasetKey);
    const run = { arm: arm.name, seed };
    if (!dataset || signal.aborted || !wanted(run)) return;
    const earlier = await options.earlier?.(run);
    if (earlier && 'events' in earlier) {
      for (const event of earlier.events) emit({ ...event, recorded: true });
      return;
    }
    const resume = earlier?.checkpoint;
    if (runner) return runElsewhere(runner, { ...run, resume, signal, emit }, options.onRunError);
    const { onRunError: onError, onTrained, onCheckpoint } = options;
    const models = options.models?.(run);
    return runArm({ arm, seed, dataset, signal, emit, onError, onTrained, onCheckpoint, resume, models });
  };
  // Those who train take the next run from the same list.
  const queue = plan.seeds.flatMap((seed) => plan.arms.map((arm) => [arm, seed] as const)).values();
  const take = async (): Promise<void> => {
    for (const [arm, seed] of queue) await train(arm, seed);
  };
  await Promise.all(Array.from({ length: runner?.jobs ?? 1 }, take));
  emit({
    type: 'experiment:end',
    status: signal.aborted ? 'cancelled' : 'completed',
    durationMs: (options.spentMs ?? 0) + performance.now() - started,
    analysis: options.analyze(recorder.histories(), {
      baseline: plan.baseline,
      arms,
      seeds: plan.seeds,
    }),
  });
}

/** A runner that gives up on a run fails that run; the others go on. */
async function runElsewhere(
  runner: RunRunner,
  task: RunTask,
  onError?: (error: unknown) => void,
): Promise<void> {
  const started = performance.now();
  let epochs = 0;
  try {
    await runner.run({
      ...task,
      emit: (event) => {
        if (event.type === 'epoch:end') epochs = event.epoch;
        task.emit(event);
      },
    });
  } catch (error) {
    onError?.(error);
    task.emit(failedRun(task, { error, epochs, started }));
  }
}
