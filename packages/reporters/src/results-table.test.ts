import type { ExperimentAnalysis } from '@wellfit/core';
import pc from 'picocolors';
import stringWidth from 'string-width';
import { resultsTable } from './results-table.js';
import { scriptedExperiment } from './test-support/scripted-experiment.js';

const plain = pc.createColors(false);
const analysis = (): ExperimentAnalysis => {
  const end = scriptedExperiment().at(-1);
  if (end?.type !== 'experiment:end') throw new Error('a script ends with experiment:end');
  return end.analysis;
};

test.each([160, 80, 40, 20])('stays within %d columns', (width) => {
  const lines = resultsTable(analysis(), plain, width).split('\n');
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
});

test('gives up the spread, then columns, then the table, as the terminal gets narrower', () => {
  const at = (width: number) => resultsTable(analysis(), plain, width);
  expect(at(160)).toMatch(/^512-512 +overtrained +5,383,681 +0\.\d{4} ± 0\.\d{4} \([\d.]+\) .*± 0\.\d{4}$/m);
  expect(at(100)).toMatch(/^512-512 +overtrained +5,383,681 +0\.\d{4} \([\d.]+\)( +0\.\d{4}){4}$/m);
  expect(at(80)).toMatch(/^512-512 +overtrained +5,383,681 +0\.\d{4} \([\d.]+\)( +0\.\d{4}){3}$/m);
  expect(at(40)).toMatch(
    /^512-512\novertrained\nparameters: 5,383,681\nlowest val loss \(epoch\): 0\.\d{4} ± 0\.\d{4}\n/m,
  );
});

test('colors the verdicts on a terminal', () => {
  const text = resultsTable(analysis(), pc.createColors(true), 160);
  expect(text).toContain('\u001b[32mgood fit');
  expect(text).toContain('\u001b[33movertrained');
});

test('says the mean epoch with three digits, as the evidence does', () => {
  const [arm] = analysis().arms;
  const at = (mean: number) => {
    const numbers = { ...arm.numbers, lowest_val_loss_epoch: { mean, sd: 1, min: 1, max: 999, n: 3 } };
    return resultsTable({ baseline: arm.arm, arms: [{ ...arm, numbers }] }, plain);
  };
  expect(at(28 / 3)).toContain('(9.33)');
  expect(at(38 / 3)).toContain('(12.7)');
  expect(at(9)).toContain('(9)');
  expect(at(400.5)).toMatch(/\(40[01]\)/);
});

test('needs no numbers and no best arm', () => {
  const arm = {
    arm: 'a',
    parameters: 5,
    runs: 0,
    verdict: 'inconclusive',
    evidence: 'Nothing ran.',
    numbers: {},
  } as const;
  expect(resultsTable({ baseline: 'a', arms: [arm] }, plain)).toBe(
    '\narm  verdict       parameters\na    inconclusive           5\n\na: inconclusive. Nothing ran.\nBaseline: a.\n',
  );
});

test('the interval of the loss that arms are compared by stands last, where there is room', () => {
  const { arms, ...rest } = analysis();
  const withIntervals = arms.map((arm) => {
    const lowest = arm.numbers.lowest_val_data_loss;
    const interval = [lowest.mean - 0.01, lowest.mean + 0.01] as const;
    return { ...arm, numbers: { ...arm.numbers, lowest_val_data_loss: { ...lowest, interval } } };
  });
  const wide = resultsTable({ ...rest, arms: withIntervals }, plain).split('\n');
  expect(wide[0]).toMatch(/ lowest val data loss$/);
  expect(wide[1]).toMatch(/ 95 % interval$/);
  expect(wide[2]).toMatch(/ 0\.\d{4} to 0\.\d{4}$/);
  expect(resultsTable({ ...rest, arms: withIntervals }, plain, 100)).not.toContain('95 % interval');
});
