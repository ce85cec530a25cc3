import { existsSync } from 'node:fs';
import {
  errorMessage,
  runExperiment,
  runReporters,
  type Callback,
  type ExperimentPlan,
  type Model,
  type Reporter,
  type ReporterFailure,
  type RunScope,
} from '@wellfit/core';
import { loadModel } from '@wellfit/formats';
import { filter, map, tap } from 'rxjs';
import { CliError } from '../errors.js';
import { MODEL, modelFolder } from '../saved-models/find-runs.js';
import { planAgain } from '../saved-models/plan-again.js';
import type { RecordedPlan } from '../saved-models/plan-recorded.js';
import type { ReplayBackend } from './backend-for-replay.js';
import { checkData } from './check-data.js';
import { compareWeights } from './compare-weights.js';
import type { RecordedRuns } from './find-recorded-runs.js';
import { recordedWeights, type RecordedWeights } from './recorded-weights.js';
import type { ReplayedRun } from './replayed-run.js';

/**
 * Plans the recorded experiment again.
 *
 * @throws CliError and CoreError that say that the record, and not a file of the user's, cannot be planned.
 */
export async function planReplay(
  { root, experiment, runs }: RecordedRuns,
  cwd: string,
): Promise<RecordedPlan> {
  const found = await planAgain(experiment.start ?? { spec: undefined }, root, cwd);
  const wrong = runs.find(({ arm }) => !found.plan.arms.some(({ name }) => name === arm));
  if (wrong) {
    const message = `The specification in ${root}/experiment.json has no arm ${wrong.arm}, of which there are runs.`;
    throw new CliError('bad-experiment', message);
  }
  return found;
}

/** What a replay needs besides its plan. */
export interface ReplaySetting {
  readonly recorded: RecordedRuns;
  readonly backend: ReplayBackend;
  /** Of all that computes, here. */
  readonly versions: Readonly<Record<string, string>>;
  readonly reporters: readonly Reporter[];
  readonly signal: AbortSignal;
}

/**
 * Trains the runs again, in the order of the experiment, and ends at the first that differs.
 *
 * @param replayed Told what happens; they decide when there is enough to see.
 * @returns Reporters that failed, which changes nothing of what was compared.
 * @throws CliError `other-data`, `replay-failed`; whatever the loading of the data throws.
 */
export async function replayRuns(
  plan: ExperimentPlan,
  replayed: readonly ReplayedRun[],
  { recorded: { root, experiment }, backend, versions, reporters, signal }: ReplaySetting,
): Promise<readonly ReporterFailure[]> {
  const of = (run: RunScope): ReplayedRun | undefined =>
    replayed.find(({ recorded }) => recorded.arm === run.arm && recorded.seed === run.seed);
  const { name, detail, numerics } = backend;
  const events$ = runExperiment(onlyReplayed(plan, replayed, of), {
    backend: name,
    activation: { numerics, detail },
    versions,
    signal,
    wanted: (run) => of(run) !== undefined && !replayed.some((one) => one.isOver),
    // Nothing is written.
    models: (run) => ({
      save: (name, model) => (name === LOOK ? compareEpoch(model, of(run), root) : Promise.resolve()),
      remove: () => Promise.resolve(),
    }),
    onTrained: (model, run) => compareEnd(model, of(run), root),
    // Nothing is judged: a replay only compares.
    analyze: (_, { baseline }) => ({ baseline, arms: [] }),
  }).pipe(
    tap((event) => {
      if (event.type === 'dataset:ready') checkData(experiment.datasets, event);
      if ('arm' in event) of(event)?.see(event);
    }),
    filter(({ type }) => type !== 'experiment:end'),
  );
  const failures = await runReporters(events$, reporters);
  for (const { recorded, failure } of replayed) {
    if (failure === undefined) continue;
    const { arm, seed } = recorded;
    throw new CliError('replay-failed', `${arm}, seed ${seed}, could not be trained again: ${failure}`);
  }
  return failures;
}

/** Under this name a model is not saved but looked at. */
const LOOK = 'replay-looks-at-the-weights';

/** The plan of the arms and seeds that have runs to compare; each run ends where there is nothing left to see. */
function onlyReplayed(
  plan: ExperimentPlan,
  replayed: readonly ReplayedRun[],
  of: (run: RunScope) => ReplayedRun | undefined,
): ExperimentPlan {
  const looker: Callback = {
    name: 'replay',
    connect: (events$) =>
      events$.pipe(
        filter((event) => event.type === 'epoch:end' && of(event)?.epochDiffers === true),
        map(() => ({ type: 'save-model', name: LOOK }) as const),
      ),
  };
  const judge: Callback = {
    name: 'replay',
    connect: (events$) =>
      events$.pipe(
        filter((event) => event.type === 'epoch:end' && of(event)?.isDone(event.epoch) === true),
        map(() => ({ type: 'stop', reason: 'there is nothing more to compare' }) as const),
      ),
  };
  const arms = plan.arms
    .filter(({ name }) => replayed.some(({ recorded }) => recorded.arm === name))
    // First, before a callback changes the weights; and last, so that a callback that ends the run itself says why.
    .map((arm) => ({ ...arm, callbacks: () => [looker, ...arm.callbacks(), judge] }));
  const seeds = plan.seeds.filter((seed) => replayed.some(({ recorded }) => recorded.seed === seed));
  return { ...plan, arms, seeds };
}

/** What was saved and cannot be read hides nothing of what is known already. */
async function compareEpoch(model: Model, run: ReplayedRun | undefined, root: string): Promise<void> {
  if (!run?.difference) return;
  const { found, problem } = await recordedWeights(root, run.recorded, run.difference.epoch);
  run.modelProblem = problem;
  if (found) compare(model, run, found);
}

async function compareEnd(model: Model, run: ReplayedRun | undefined, root: string): Promise<void> {
  if (!run?.endDiffers) return;
  const path = modelFolder(root, run.recorded);
  if (!existsSync(path)) return;
  try {
    const { weights } = await loadModel(path);
    compare(model, run, {
      from: MODEL,
      values: new Map([...weights].map(([name, { values }]) => [name, values])),
    });
  } catch (error) {
    run.modelProblem = errorMessage(error);
  }
}

function compare(model: Model, run: ReplayedRun, recorded: RecordedWeights): void {
  try {
    run.weights = compareWeights(model, recorded);
    run.weightsFrom = recorded.from;
  } catch (error) {
    run.modelProblem = errorMessage(error);
  }
}
