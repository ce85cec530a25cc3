#!/usr/bin/env node
/**
 * Prints how often the statistics of wellfit are right, by simulation with a fixed seed: how often intervals hold the true
 * mean, how often a difference is declared where there is none, and how often one is found with the number of seeds that
 * was said to be needed. `docs/statistics.md` quotes it. Takes some minutes; a number of repeats, 4,000 by default, may
 * follow. Build first.
 *
 *     node tools/check-coverage.mjs 1000
 */
import { bcaInterval, declareDifferences, seedsToDeclare, tInterval, summarize } from '@wellfit/analysis';
import { randomStream } from '@wellfit/core/random';

const repeats = Number(process.argv[2] ?? 4000);
const { normal, uniform } = randomStream(1, 'check-coverage');
const exponential = () => -Math.log(1 - uniform());

/** What seeds may be like; each has mean 0. */
const shapes = {
  normal,
  'two-sided exponential': () => exponential() - exponential(),
  exponential: () => exponential() - 1,
  'log-normal': () => Math.exp(normal()) - Math.exp(0.5),
};

const list = (n, draw) => Array.from({ length: n }, draw);
const percent = (hits, of) => `${((100 * hits) / of).toFixed(1)} %`;
const print = (title, rows) => {
  console.log(`\n${title}`);
  console.table(rows);
};

console.log(
  `${repeats} repeats each: one standard error of 95 % is ${percent(Math.sqrt((0.95 * 0.05) / repeats), 1)}.`,
);

const coverage = [];
for (const [shape, draw] of Object.entries(shapes)) {
  for (const n of [3, 5, 10, 20]) {
    const hits = { t: 0, bca: 0, expanded: 0 };
    for (let i = 0; i < repeats; i++) {
      const values = list(n, draw);
      const options = { seed: i, resamples: 2000 };
      const holds = (interval) => Number(interval[0] <= 0 && interval[1] >= 0);
      hits.t += holds(tInterval(summarize(values)));
      hits.bca += holds(bcaInterval(values, options));
      hits.expanded += holds(bcaInterval(values, { ...options, expand: true }));
    }
    const { t, bca, expanded } = hits;
    coverage.push({
      values: shape,
      n,
      'Student t': percent(t, repeats),
      BCa: percent(bca, repeats),
      'BCa, expanded': percent(expanded, repeats),
    });
  }
}
print('How often a 95 % interval holds the true mean', coverage);

/** Differences of arms from one baseline: what a seed does to all of them alike is gone, the baseline's own is shared. */
const experiment = (arms, n, drawArm, drawBaseline, effect = 0) => {
  const baseline = list(n, drawBaseline);
  return list(arms, () => baseline.map((value) => effect + drawArm() - value));
};

const worlds = {
  'normal, all alike': [normal, normal],
  'log-normal, all alike': [shapes['log-normal'], shapes['log-normal']],
  'arms log-normal, baseline normal': [shapes['log-normal'], normal],
};
const errors = [];
for (const [world, [drawArm, drawBaseline]] of Object.entries(worlds)) {
  for (const arms of [1, 3, 5]) {
    for (const n of [6, 8, 10, 14]) {
      let wrong = 0;
      for (let i = 0; i < 4 * repeats; i++) {
        const found = declareDifferences(experiment(arms, n, drawArm, drawBaseline));
        wrong += Number(found.some(({ isDeclared }) => isDeclared));
      }
      errors.push({
        'no true difference': world,
        arms,
        seeds: n,
        'any declared': percent(wrong, 4 * repeats),
      });
    }
  }
}
print('How often a difference is declared where there is none (four times the repeats)', errors);

const powers = [];
for (const arms of [1, 3]) {
  for (const effect of [0.5, 0.8, 1, 1.2, 1.5, 2, 3]) {
    const n = seedsToDeclare(effect, arms);
    let found = 0;
    for (let i = 0; i < repeats; i++) {
      // One arm has the effect, in deviations of the differences; the others are like the baseline.
      const all = list(arms, () => list(n, normal));
      all[0] = all[0].map((value) => effect + value);
      found += Number(declareDifferences(all)[0].isDeclared);
    }
    powers.push({
      arms,
      'effect, in deviations': effect,
      'seeds needed': n,
      declared: percent(found, repeats),
    });
  }
}
print('How often a true difference is declared with the seeds needed', powers);
