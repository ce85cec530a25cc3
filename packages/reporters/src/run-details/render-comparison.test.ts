import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { comparison } from '../test-support/comparison.js';
import { capacityArms, scriptedExperiment } from '../test-support/scripted-experiment.js';
import { renderComparison, type FolderComparison } from './render-comparison.js';

const end = scriptedExperiment({ arms: capacityArms.slice(0, 2) }).at(-1);
if (end?.type !== 'experiment:end') throw new Error('a script ends with its end');
const { arms } = end.analysis;
const analysis = {
  baseline: 'A/base',
  arms: [
    { ...arms[0], arm: 'A/base' },
    { ...arms[1], arm: 'B/base' },
  ],
  comparisons: [comparison('B/base', { declared: 'better' })],
};
const compared: FolderComparison = {
  folders: [
    ['A', 'runs/first (imdb)'],
    ['B', 'runs/second (imdb; interrupted)'],
  ],
  differences: [{ path: 'backend', values: ['wasm', 'native'] }],
  remarks: ['Not compared, as no arm beside has the name: B/l2.'],
  arms: [
    {
      title: 'base',
      labels: ['A/base', 'B/base'],
      differences: [{ path: 'model.units', values: [[4, 4], undefined] }],
      remarks: ['They round otherwise.'],
      analysis,
    },
  ],
};
const pipe = { width: Infinity, color: false };

test('folders, what differs, remarks, results', () => {
  const text = renderComparison(compared, pipe);
  expect(text.split('\n\n').slice(0, 5)).toEqual([
    'A  runs/first (imdb)\nB  runs/second (imdb; interrupted)',
    'differs  A     B\nbackend  wasm  native',
    'Not compared, as no arm beside has the name: B/l2.',
    'differs      A/base  B/base\nmodel.units  [4,4]   –',
    'They round otherwise.',
  ]);
  expect(text).toMatch(/^B\/base fits better than A\/base: /m);
});

test('without differences it says so; without an analysis there are no results', () => {
  const [one] = compared.arms;
  const text = renderComparison(
    { ...compared, arms: [{ ...one, differences: [], analysis: undefined }] },
    pipe,
  );
  expect(text).toContain('\n\nThe specifications are the same.\n\nThey round otherwise.\n');
  expect(text).not.toContain('verdict');
});

test.each([80, 40, 20])('keeps to %d columns', (width) => {
  const text = stripVTControlCharacters(renderComparison(compared, { width, color: true }));
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
});

test('nothing in it can steer the terminal', () => {
  const evil = '\u001b[2J\u009b2J\u0007';
  const difference = { path: evil, values: [evil, { [evil]: evil }] };
  const text = renderComparison(
    {
      ...compared,
      folders: [
        ['A', evil],
        ['B', evil],
      ],
      differences: [difference],
      remarks: [evil],
    },
    pipe,
  );
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});
