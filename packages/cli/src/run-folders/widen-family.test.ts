import { analyzeExperiment } from '@wellfit/analysis';
import type { ExperimentAnalysis, History } from '@wellfit/core';
import { widenFamily } from './widen-family.js';

const SEEDS = [1, 2, 3, 4, 5, 6, 7];

/** Runs of one epoch with these validation losses. */
function runs(arm: string, lossAt: (seed: number) => number): History[] {
  return SEEDS.map((seed) => {
    const logs = { val_data_loss: lossAt(seed), val_loss: lossAt(seed) };
    const epochs = [{ epoch: 1, logs, learningRate: 0.1, durationMs: 1, digest: '' }];
    const data = { dataset: 'imdb', trainRows: 1, parameters: 1 };
    return { arm, seed, ...data, status: 'completed', reason: '', epochs };
  });
}

/** Better at every seed: p is 2 / 2^7. */
function better(): ExperimentAnalysis {
  const histories = [...runs('A', () => 1), ...runs('B', (seed) => 0.5 + seed / 100)];
  return analyzeExperiment(histories, { baseline: 'A', arms: ['A', 'B'] });
}

const deciding = ({ comparisons = [] }: ExperimentAnalysis) => comparisons.find(({ decides }) => decides);

test('one comparison alone stays as it is', () => {
  const alone = better();
  expect(deciding(alone)).toMatchObject({ p: 0.015625, adjustedP: 0.015625, declared: 'better' });
  expect(widenFamily([alone])).toEqual([alone]);
});

test('three together are still declared, four are not, and need more seeds', () => {
  const three = widenFamily([better(), better(), better()]);
  expect(three.map((one) => deciding(one)?.adjustedP)).toEqual([0.046875, 0.046875, 0.046875]);
  expect(three.map((one) => deciding(one)?.declared)).toEqual(['better', 'better', 'better']);
  const four = widenFamily([better(), better(), better(), better()]);
  expect(deciding(four[0])).toMatchObject({ adjustedP: 0.0625, leastSeeds: 8 });
  expect(deciding(four[0])).not.toHaveProperty('declared');
});
