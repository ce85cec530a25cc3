/**
 * The rules on real curves: IMDB reviews with 1,000 words, Adam, batches of 512, 20 epochs, trained with wellfit itself
 * on the wasm backend, one to five seeds an arm (numbers rounded to four digits). Base model 16-16.
 */
import { readFileSync } from 'node:fs';
import type { Verdict } from '@wellfit/core';
import { analyzeExperiment } from './index.js';
import { history } from './test-support/history.js';

interface ImdbCurves {
  readonly arm: string;
  readonly seed: number;
  readonly start: number;
  readonly startAccuracy: number;
  readonly train: readonly number[];
  readonly accuracy: readonly number[];
  readonly val: readonly number[];
}

const file = new URL('./test-support/imdb-curves.json', import.meta.url);
const runs = JSON.parse(readFileSync(file, 'utf8')) as ImdbCurves[];
const historiesOf = (guessing?: number) =>
  runs.map(({ arm, seed, start, startAccuracy, train, accuracy, val }) =>
    history(
      train.map((train_loss, i) => ({
        ...(i === 0 && { data_loss: start, accuracy: startAccuracy }),
        train_loss,
        train_accuracy: accuracy[i],
        val_loss: val[i],
        val_data_loss: val[i],
      })),
      { arm, seed, guessing },
    ),
  );
const arms = [...new Set(runs.map(({ arm }) => arm))];
const analyze = (guessing?: number) => analyzeExperiment(historiesOf(guessing), { baseline: '16-16', arms });
// As wellfit records them now (half of the reviews are positive), and as old run folders have them.
const analyses = [analyze(Math.LN2), analyze()];

test.each([
  ['6-6', 'good fit'],
  ['16-16', 'overtrained'],
  ['128-128', 'overtrained'],
  ['l2', 'good fit'], // strength 0.001
  ['dropout', 'good fit'], // rate 0.5
  ['l1strong', 'not learning'], // strength 0.05: the penalty holds the weights at 0
  ['slow', 'underfit'], // learning rate 3e-5
  ['dead', 'not learning'], // learning rate 1e-7
  ['wild', 'not learning'], // learning rate 3
] satisfies [string, Verdict][])('%s: %s', (name, verdict) => {
  for (const { arms } of analyses) expect(arms.find(({ arm }) => arm === name)).toMatchObject({ verdict });
});

test('the best arm is the one with dropout', () => {
  expect(analyses.map(({ best }) => best)).toEqual(['dropout', 'dropout']);
});
