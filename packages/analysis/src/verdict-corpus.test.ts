/**
 * The rules on a corpus of short runs that wellfit trained itself, from worlds that had no part in the choice of the
 * thresholds. `docs/verdicts.md` says how the runs came to their labels and shows the figures; `tools/calibrate-verdicts`
 * makes both again.
 */
import { readFileSync } from 'node:fs';
import type { RunStatus, Verdict } from '@wellfit/core';
import { analyzeExperiment, runVerdict } from './index.js';
import { history } from './test-support/history.js';

interface CorpusRun {
  readonly world: string;
  readonly part?: 'calibration' | 'held-out';
  readonly status: RunStatus;
  readonly reason: string;
  readonly start?: number;
  readonly startAccuracy?: number;
  readonly guessing?: number;
  readonly train: readonly number[];
  readonly accuracy: readonly number[];
  readonly val: readonly number[];
  readonly label: Verdict;
  readonly close: boolean;
}

const file = new URL('./test-support/verdict-corpus.jsonl', import.meta.url);
const runs = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as CorpusRun)
  .filter(({ part }) => part === 'held-out');
const worlds = [...new Set(runs.map(({ world }) => world))];
const judged = worlds.flatMap((world) => {
  const inWorld = runs.filter((run) => run.world === world);
  const arms = inWorld.map((_, i) => `arm-${i}`);
  const histories = inWorld.map((run, i) => historyOf(run, arms[i]));
  const analysis = analyzeExperiment(histories, { baseline: arms[0], arms });
  return inWorld.map((run, i) => ({
    ...run,
    verdict: analysis.arms[i].verdict,
    alone: runVerdict(histories[i]).verdict,
  }));
});

function historyOf({ start, startAccuracy, guessing, train, accuracy, val, ...run }: CorpusRun, arm: string) {
  const logs = train.map((train_loss, i) => ({
    ...(i === 0 && { data_loss: Number(start), accuracy: Number(startAccuracy) }),
    ...{ train_loss, train_accuracy: accuracy[i], val_loss: val[i], val_data_loss: val[i] },
  }));
  return history(logs, { arm, dataset: run.world, status: run.status, reason: run.reason, guessing });
}

type Pair = Pick<CorpusRun, 'label'> & { readonly verdict: Verdict };

/** F1 of one kind of verdict against the rest: twice the hits, by what was said and what is so. */
function f1(pairs: readonly Pair[], ...verdicts: Verdict[]): number {
  const said = pairs.filter(({ verdict }) => verdicts.includes(verdict));
  const so = pairs.filter(({ label }) => verdicts.includes(label));
  const hits = said.filter(({ label }) => verdicts.includes(label));
  return (2 * hits.length) / (said.length + so.length);
}

const alone = (pairs: typeof judged): Pair[] =>
  pairs.map(({ label, alone: verdict }) => ({ label, verdict }));

// Rounded down from the table of docs/verdicts.md.
test.each([
  ['diverged', 1],
  ['not learning', 0.933],
  ['overtrained', 0.936],
  ['overfit', 0.732],
  ['underfit', 0.829],
  ['good fit', 0.757],
] satisfies [Verdict, number][])('F1 of %s on the held-out worlds is at least %d', (verdict, least) => {
  expect(f1(judged, verdict)).toBeGreaterThanOrEqual(least);
});

test.each([
  ['diverged', 1],
  ['not learning', 0.933],
  ['overtrained', 0.896],
  ['overfit', 0.547],
  ['underfit', 0.611],
  ['good fit', 0.627],
] satisfies [Verdict, number][])(
  'F1 of %s from the curves of each run alone is at least %d',
  (verdict, least) => {
    expect(f1(alone(judged), verdict)).toBeGreaterThanOrEqual(least);
  },
);

test('overfitting is found with the reported F1, beside other arms and alone', () => {
  const clear = judged.filter(({ close }) => !close);
  expect([judged.length, clear.length]).toEqual([300, 263]);
  expect(f1(judged, 'overfit', 'overtrained')).toBeGreaterThanOrEqual(0.934);
  expect(f1(clear, 'overfit', 'overtrained')).toBeGreaterThanOrEqual(0.967);
  expect(f1(alone(judged), 'overfit', 'overtrained')).toBeGreaterThanOrEqual(0.899);
  expect(f1(alone(clear), 'overfit', 'overtrained')).toBeGreaterThanOrEqual(0.942);
});
