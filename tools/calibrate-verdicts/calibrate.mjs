#!/usr/bin/env node
/**
 * Tries other thresholds of verdicts on the calibration part of the corpus, then prints how good the verdicts are on the
 * held-out part: with the thresholds that `@wellfit/analysis` has. Build first.
 *
 *     node tools/calibrate-verdicts/calibrate.mjs                          tries a coarse grid, then prints the figures
 *     node tools/calibrate-verdicts/calibrate.mjs --figures                only the figures of docs/verdicts.md
 *     node tools/calibrate-verdicts/calibrate.mjs --figures --calibration  figures of the calibration part
 *     node tools/calibrate-verdicts/calibrate.mjs --figures --unrecorded   without the loss of guessing, as in old records
 */
import { thresholds } from '@wellfit/analysis';
import { randomStream } from '@wellfit/core/random';
import { readCorpus } from './corpus-file.mjs';
import { judge, prepare } from './judge-corpus.mjs';
import { confusion, scores } from './score.mjs';

/** What is tried; the others of the thresholds are conventions, which no corpus decides. */
const GRID = {
  trainBelowGuessing: [0.05, 0.1, 0.15],
  valBelowGuessing: [0.01, 0.02, 0.03, 0.05],
  accuracyRise: [0.1, 0.15, 0.2, 0.25],
  lost: [0.08, 0.1, 0.12, 0.15, 0.2],
  gapOfLost: [0.4, 0.5, 0.6, 0.7],
  gap: [0.15, 0.18, 0.2, 0.22, 0.25, 0.3],
  stillFalling: [0.02, 0.03, 0.04, 0.05],
  left: [0.3, 0.4, 0.5, 0.6],
  slightGap: [0.05, 0.1, 0.15, 0.2, 0.25],
  leastToLearn: [0.05, 0.1, 0.15, 0.2],
};

const corpus = readCorpus();
const calibration = corpus.filter(({ part }) => part === 'calibration');
if (!process.argv.includes('--figures')) search();
const unrecorded = process.argv.includes('--unrecorded');
const part = process.argv.includes('--calibration') ? 'calibration' : 'held-out';
for (const alone of [false, true]) figures(part, alone);

/** Changes one threshold at a time to what scores highest, until none gets better; of equals, what stands stays. */
function search() {
  const beside = prepare(calibration);
  const alone = prepare(calibration, { alone: true });
  const worth = (tried) => {
    const [together, single] = [scores(judge(beside, tried)), scores(judge(alone, tried))];
    return (together.mean.f1 + together.overfitting.f1 + single.mean.f1 + single.overfitting.f1) / 4;
  };
  let chosen = { ...thresholds };
  let best = worth(chosen);
  console.log(`calibration, ${calibration.length} runs: ${best.toFixed(4)} with the thresholds as they are`);
  for (let better = true; better;) {
    better = false;
    for (const [name, values] of Object.entries(GRID)) {
      for (const value of values) {
        const tried = { ...chosen, [name]: value };
        const score = worth(tried);
        if (score > best + 1e-9) {
          [chosen, best, better] = [tried, score, true];
          console.log(`${best.toFixed(4)} with ${name} ${value}`);
        }
      }
    }
  }
}

function figures(part, alone) {
  const runs = corpus.filter((run) => run.part === part);
  const besides = alone ? 'each run alone' : 'each run beside the others of its world';
  for (const [which, chosen] of [
    ['all runs', runs],
    ['without close calls', runs.filter(({ close }) => !close)],
  ]) {
    const pairs = judge(prepareAll(part, alone, chosen));
    const { accuracy, ...rows } = scores(pairs);
    console.log(`\n${part}, ${besides}, ${which}: ${pairs.length} runs, accuracy ${accuracy.toFixed(3)}`);
    console.table(Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, rounded(row)])));
    const [low, high] = spread(pairs);
    console.log(`F1 of overfitting, worlds drawn again: 95 % from ${low.toFixed(3)} to ${high.toFixed(3)}`);
    if (chosen === runs) console.table(confusion(pairs));
  }
}

/**
 * Within what the F1 of overfitting lies if the worlds had been others: percentiles of the bootstrap, in which whole worlds are
 * drawn, as the runs of a world are alike.
 */
function spread(pairs) {
  const names = [...new Set(pairs.map(({ world }) => world))];
  const worlds = names.map((name) => pairs.filter(({ world }) => world === name));
  const { below } = randomStream(1, 'spread');
  const drawn = Array.from({ length: 2000 }, () => {
    const again = worlds.flatMap(() => worlds[below(worlds.length)]);
    return scores(again).overfitting.f1;
  }).sort((a, b) => a - b);
  return [drawn[50], drawn[1949]];
}

/** Runs are judged beside all of their world, also those that are not counted. */
function prepareAll(part, alone, chosen) {
  const wanted = new Set(chosen);
  return prepare(
    corpus.filter((run) => run.part === part),
    { alone, unrecorded },
  ).filter(({ run }) => wanted.has(run));
}

function rounded(row) {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value.toFixed(3))]));
}
