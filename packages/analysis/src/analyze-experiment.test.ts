import type { History } from '@wellfit/core';
import { analyzeExperiment } from './index.js';
import { curves } from './test-support/history.js';

const GOOD: [number[], number[]] = [
  [0.5, 0.32, 0.3, 0.29],
  [0.5, 0.35, 0.34, 0.34],
];
const OVERTRAINED: [number[], number[]] = [
  [0.5, 0.3, 0.2, 0.1],
  [0.5, 0.35, 0.4, 0.5],
];

const run = (
  arm: string,
  seed: number,
  [train, val]: [number[], number[]],
  parts: Parameters<typeof curves>[2] = {},
) =>
  curves(
    // Seeds differ a little, so that the order of sums shows in their last bits.
    train.map((x) => x + seed * 1e-4),
    val.map((x) => x + seed * 1.1e-4),
    { arm, seed, start: 1, ...parts },
  );

const histories = [
  ...[1, 2, 3].map((seed) => run('small', seed, GOOD)),
  ...[1, 2, 3].map((seed) => run('large', seed, OVERTRAINED)),
];
const options = { baseline: 'small', arms: ['large', 'small'] };

test('gives numbers over seeds and a verdict for each arm, in the order asked for', () => {
  const analysis = analyzeExperiment(histories, options);
  expect(analysis).toMatchObject({ baseline: 'small', best: 'small' });
  expect(analysis.arms).toMatchObject([
    {
      arm: 'large',
      parameters: 10,
      runs: 3,
      verdict: 'overtrained',
      evidence:
        'Validation loss rose from its lowest, 0.350 in epoch 2, to 0.500, ' +
        'while training loss went on falling from 0.300 to 0.100 (all 3 runs).',
    },
    { arm: 'small', runs: 3, verdict: 'good fit', numbers: { epochs: { mean: 4, sd: 0, n: 3 } } },
  ]);
  expect(analysis.arms[1].numbers.final_val_loss.mean).toBeCloseTo(0.34022, 10);
});

test('is plain data', () => {
  const analysis = analyzeExperiment(histories, options);
  expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
});

test('does not depend on the order of the histories, to the last bit', () => {
  const whole = analyzeExperiment(histories, options);
  expect(analyzeExperiment([...histories].reverse(), options)).toEqual(whole);
  expect(analyzeExperiment([...histories.slice(2), ...histories.slice(0, 2)], options)).toEqual(whole);
});

test('another name for an arm changes nothing else', () => {
  const renamed = histories.map((history) => ({ ...history, arm: `${history.arm}!` }));
  const analysis = analyzeExperiment(renamed, { baseline: 'small!', arms: ['large!', 'small!'] });
  const text = JSON.stringify(analysis).replaceAll('!', '');
  expect(JSON.parse(text)).toEqual(analyzeExperiment(histories, options));
});

test('a majority of runs decides, and is counted', () => {
  const mixed = [run('a', 1, GOOD), run('a', 2, OVERTRAINED), run('a', 3, OVERTRAINED)];
  const [arm] = analyzeExperiment(mixed, { baseline: 'a', arms: ['a'] }).arms;
  expect(arm).toMatchObject({
    verdict: 'overtrained',
    evidence: expect.stringMatching(/\(2 of 3 runs\)\.$/) as string,
  });
});

test('runs that disagree leave it open', () => {
  const mixed = [run('a', 1, GOOD), run('a', 2, OVERTRAINED)];
  const [arm] = analyzeExperiment(mixed, { baseline: 'a', arms: ['a'] }).arms;
  expect(arm).toMatchObject({
    verdict: 'inconclusive',
    evidence: 'The 2 runs disagree: 1 good fit, 1 overtrained.',
  });
});

test('overfit and overtrained runs agree that the arm is at least overfit', () => {
  const flat: [number[], number[]] = [
    [0.5, 0.3, 0.2, 0.1],
    [0.5, 0.36, 0.36, 0.36],
  ];
  const overfit = run('a', 1, flat, { start: 0.65 });
  const [arm] = analyzeExperiment([overfit, run('a', 2, OVERTRAINED)], { baseline: 'a', arms: ['a'] }).arms;
  expect(arm).toMatchObject({
    verdict: 'overfit',
    evidence:
      'Training loss ended at 0.100, far below validation loss at 0.430: a gap of 0.330 ' +
      '(all 2 runs, 1 of them overtrained).',
  });
});

test('an arm whose runs diverged is not the best, whatever it reached before', () => {
  const wild = [1, 2].map((seed) =>
    run(
      'wild',
      seed,
      [
        [0.5, 0.1],
        [0.5, 0.1],
      ],
      { status: 'diverged', reason: 'the loss became NaN in epoch 3' },
    ),
  );
  const analysis = analyzeExperiment([...histories, ...wild], { baseline: 'small', arms: ['small', 'wild'] });
  expect(analysis.best).toBe('small');
  expect(analysis.arms[1]).toMatchObject({
    verdict: 'diverged',
    evidence: 'Run diverged: the loss became NaN in epoch 3 (all 2 runs).',
    runs: 2,
  });
});

test('numbers are over the runs that finished; a cancelled one must not spoil the mean', () => {
  const cut: [number[], number[]] = [[0.9], [0.95]];
  const [arm] = analyzeExperiment([run('small', 1, GOOD), run('small', 2, cut, { status: 'cancelled' })], {
    baseline: 'small',
    arms: ['small'],
  }).arms;
  expect(arm.runs).toBe(1);
  expect(arm.numbers.final_val_loss.mean).toBeCloseTo(0.34011, 10);
  const [onlyCut] = analyzeExperiment([run('small', 2, cut, { status: 'cancelled' })], {
    baseline: 'small',
    arms: ['small'],
  }).arms;
  expect(onlyCut).toMatchObject({ runs: 1, numbers: { epochs: { mean: 1 } } });
});

test('runs that ended count fully, beside ones that were cut short or never began; these are told', () => {
  const cut = [4, 5, 6].map((seed) => run('large', seed, [[0.5], [0.5]], { status: 'cancelled' }));
  const failed = run('small', 4, [[], []], { status: 'failed' });
  const seeds = [1, 2, 3, 4, 5, 6, 7];
  const whole = analyzeExperiment(histories, options);
  const interrupted = analyzeExperiment([...histories, ...cut, failed], { ...options, seeds });
  expect(interrupted.arms[0]).toEqual(whole.arms[0]);
  expect(interrupted).toMatchObject({
    best: 'small',
    // A run that failed has ended.
    unfinished: [
      { arm: 'large', runs: 4, planned: 7 },
      { arm: 'small', runs: 3, planned: 7 },
    ],
  });
  expect(whole).not.toHaveProperty('unfinished');
  expect(analyzeExperiment([], { baseline: 'a', arms: ['a'], seeds: [1, 2] }).unfinished).toEqual([
    { arm: 'a', runs: 2, planned: 2 },
  ]);
});

test('is compared with the best arm for underfitting', () => {
  const weak = run('weak', 1, [
    [0.6, 0.5, 0.5, 0.5, 0.5],
    [0.6, 0.5, 0.5, 0.5, 0.5],
  ]);
  const analysis = analyzeExperiment([...histories, weak], { baseline: 'small', arms: ['small', 'weak'] });
  expect(analysis.arms[1]).toMatchObject({
    verdict: 'underfit',
    evidence: expect.stringContaining("above the best arm's lowest, 0.340") as string,
  });
});

test('an arm that started far above the others is measured by their scale', () => {
  const flat: [number[], number[]] = [
    [2.4, 2.3, 2.2, 2.2, 2.2],
    [2.4, 2.3, 2.2, 2.2, 2.2],
  ];
  const wild = run('wild', 1, flat, { start: 60 });
  const options = { baseline: 'small', arms: ['small', 'wild'] };
  expect(analyzeExperiment([...histories.slice(0, 3), wild], options).arms[1]).toMatchObject({
    verdict: 'underfit',
    evidence: expect.stringContaining("above the best arm's lowest, 0.340") as string,
  });
});

test('an arm that learned most in its first epoch is measured by the scale of the others', () => {
  const quick: [number[], number[]] = [
    [0.04, 0.01, 0.001, 0.001],
    [0.06, 0.05, 0.06, 0.08],
  ];
  const slow: [number[], number[]] = [
    [0.3, 0.1, 0.08, 0.07],
    [0.3, 0.11, 0.1, 0.1],
  ];
  const arms = ['quick', 'slow', 'slower'];
  const fast = run('quick', 1, quick, { start: 0.12 });
  const others = arms.slice(1).map((arm) => run(arm, 1, slow, { start: 0.55 }));
  const verdictOf = (runs: readonly History[]) =>
    analyzeExperiment(runs, { baseline: 'quick', arms }).arms[0].verdict;
  expect(verdictOf([fast])).toBe('overtrained');
  expect(verdictOf([fast, ...others])).toBe('good fit');
});

test('an arm without another one is judged as its runs alone are', () => {
  const slight: [number[], number[]] = [
    [0.66, 0.6, 0.59, 0.585],
    [0.66, 0.61, 0.6, 0.6],
  ];
  const weak = run('weak', 1, slight, { guessing: 0.69 });
  const alone = analyzeExperiment([weak], { baseline: 'weak', arms: ['weak'] }).arms[0];
  expect(alone).toMatchObject({
    verdict: 'underfit',
    evidence:
      'Training loss ended at 0.585, where guessing has 0.690, and validation loss close to it, at 0.600: ' +
      'the training rows hold more to learn.',
  });
  // The others show that there is not more to learn.
  const others = [2, 3].map((seed) => run(`other-${seed}`, seed, slight, { guessing: 0.69 }));
  const arms = ['weak', 'other-2', 'other-3'];
  expect(analyzeExperiment([weak, ...others], { baseline: 'weak', arms }).arms[0].verdict).toBe('good fit');
});

test('the loss of guessing is the scale where it was recorded, whatever the starting losses were', () => {
  const flat: [number[], number[]] = [
    [0.5, 0.36, 0.3, 0.28],
    [0.5, 0.4, 0.39, 0.39],
  ];
  const verdictOf = (guessing?: number) => {
    const judged = run('a', 1, flat, { start: 5, guessing });
    return analyzeExperiment([judged, run('b', 1, flat, { start: 5 })], { baseline: 'a', arms: ['a', 'b'] })
      .arms[0].verdict;
  };
  expect(verdictOf(0.45)).toBe('overfit');
  expect(verdictOf(0.69)).toBe('good fit');
  expect(verdictOf()).toBe('good fit');
});

test('losses on different datasets are not compared', () => {
  const weak: [number[], number[]] = [
    [0.6, 0.5, 0.5, 0.5, 0.5],
    [0.6, 0.5, 0.5, 0.5, 0.5],
  ];
  const arms = ['small', 'large', 'weak'];
  const other = run('weak', 1, weak, { dataset: 'mnist' });
  const analysis = analyzeExperiment([...histories, other], { baseline: 'small', arms });
  expect(analysis).not.toHaveProperty('best');
  expect(analysis.arms.map(({ dataset }) => dataset)).toEqual(['imdb', 'imdb', 'mnist']);
  expect(analysis.arms[2].verdict).toBe('good fit');
  const began = run('weak', 1, [[], []], { dataset: '', status: 'failed' });
  expect(analyzeExperiment([...histories, began], { baseline: 'small', arms }).best).toBe('small');
});

test('a run that never began counts as none', () => {
  const failed: History = {
    ...run('a', 1, [[], []]),
    dataset: '',
    parameters: 0,
    status: 'failed',
    reason: 'out of memory',
  };
  const analysis = analyzeExperiment([failed], { baseline: 'a', arms: ['a', 'b'] });
  expect(analysis).toEqual({
    baseline: 'a',
    arms: [
      {
        arm: 'a',
        parameters: 0,
        runs: 0,
        verdict: 'inconclusive',
        evidence: 'Run failed: out of memory.',
        numbers: {},
      },
    ],
    comparisons: [],
  });
});

test('compares each arm with the baseline, by pairs of seeds', () => {
  const { comparisons = [] } = analyzeExperiment(histories, options);
  expect(comparisons).toMatchObject([
    {
      arm: 'large',
      number: 'lowest_val_data_loss',
      leastSeeds: 6,
      pairs: [{ seed: 1 }, { seed: 2 }, { seed: 3 }],
    },
    { arm: 'large', number: 'final_val_data_loss' },
  ]);
  expect(comparisons[0].difference.mean).toBeCloseTo(0.01, 12);
  expect(analyzeExperiment(histories, { ...options, baseline: 'no such arm' }).comparisons).toEqual([]);
});

test('compares only with a baseline on the same dataset', () => {
  const other = [1, 2, 3].map((seed) => run('other', seed, GOOD, { dataset: 'mnist' }));
  const more = [1, 2, 3].map((seed) => run('more', seed, GOOD, { trainRows: 5000 }));
  const arms = ['small', 'other', 'more'];
  const { comparisons = [] } = analyzeExperiment([...histories, ...other, ...more], {
    baseline: 'small',
    arms,
  });
  expect([...new Set(comparisons.map(({ arm }) => arm))]).toEqual(['more']);
});
