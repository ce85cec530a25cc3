/** Verdicts on the runs of the corpus, as an experiment with one arm per run would give them. */
// The package offers no other thresholds than its own, so its inner parts are imported.
import { judgeRun } from '../../packages/analysis/dist/judge-run.js';
import { runFacts } from '../../packages/analysis/dist/run-facts.js';

/** A run as `judgeRun` reads it. */
export function historyOf({
  status,
  reason,
  train,
  accuracy,
  val,
  start,
  startAccuracy,
  guessing,
  world,
  setup,
}) {
  const epochs = train.map((train_loss, i) => ({
    epoch: i + 1,
    logs: {
      ...(i === 0 && { data_loss: start, accuracy: startAccuracy }),
      train_loss,
      train_accuracy: accuracy[i],
      val_data_loss: val[i],
      val_loss: val[i],
    },
    learningRate: setup.learningRate,
    durationMs: 0,
    digest: '',
    ...(i === 0 && { guessingLoss: guessing }),
  }));
  const { seed, rows } = setup;
  return { arm: 'run', seed, dataset: world, trainRows: rows, parameters: 0, status, reason, epochs };
}

/**
 * Runs with their histories and what they are judged beside: the other runs of their world. References are no arms.
 *
 * @param alone Judge each run for itself.
 * @param unrecorded As if the loss of guessing were not recorded, as in old run folders.
 */
export function prepare(corpus, { alone = false, unrecorded = false } = {}) {
  const runs = corpus
    .filter(({ reference }) => !reference)
    .map((run) => ({ run, history: historyOf(unrecorded ? { ...run, guessing: undefined } : run) }));
  const besides = new Map();
  for (const name of new Set(runs.map(({ run }) => run.world))) {
    const inWorld = runs.filter(({ run }) => run.world === name);
    const finished = inWorld.filter(({ run }) => run.status === 'completed');
    besides.set(name, {
      bestValLoss: Math.min(...finished.map(({ run }) => Math.min(...run.val))),
      starts: inWorld.flatMap(({ history }) => runFacts(history)?.startingLoss ?? []),
    });
  }
  return runs.map(({ run, history }) => ({ run, history, beside: alone ? {} : besides.get(run.world) }));
}

/** `{ world, label, verdict }` of each run. */
export function judge(prepared, thresholds) {
  return prepared.map(({ run, history, beside }) => ({
    world: run.world,
    label: run.label,
    verdict: judgeRun(history, beside, thresholds).verdict,
  }));
}
