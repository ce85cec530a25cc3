import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { renderRunList, type ListedRun } from './render-run-list.js';

const complete: ListedRun = {
  folder: 'imdb-capacity-20261120-101500-a1b2c3',
  experiment: 'imdb-capacity',
  state: 'completed',
  startedAt: '2026-11-20T10:15:00.000Z',
  status: 'completed',
  durationMs: 161_400,
  arms: 3,
  seeds: 5,
  done: 15,
  failed: 0,
  best: '16-16',
};
const killed: ListedRun = {
  ...complete,
  state: 'interrupted',
  durationMs: undefined,
  best: undefined,
  done: 4,
};
const going: ListedRun = { ...killed, state: 'running', owner: 'process 4711' };
const broken: ListedRun = { ...complete, state: 'failed', failed: 2, done: 13 };
const all = [complete, killed, going, broken];

test('a line for each run folder', () => {
  const [titles, ...lines] = renderRunList(all, { width: Infinity, color: false }).trimEnd().split('\n');
  expect(titles).toBe(
    'run folder                            state                    runs  arms × seeds  best arm  started (UTC)     took',
  );
  expect(lines[0]).toBe(
    'imdb-capacity-20261120-101500-a1b2c3  completed               15/15         3 × 5  16-16     2026-11-20 10:15  2:41',
  );
  expect(lines[1]).toMatch(/ interrupted +4\/15 +3 × 5 +2026-11-20 10:15$/);
  expect(lines[2]).toMatch(/ running \(process 4711\) +4\/15 /);
  expect(lines[3]).toMatch(/ 2 failed +13\/15 /);
});

test('the experiment has a column where folders are not named after it', () => {
  const text = renderRunList([{ ...complete, folder: 'best-of-may' }], { width: Infinity, color: false });
  expect(text).toMatch(/^run folder +experiment +state/);
  expect(text).toMatch(/^best-of-may +imdb-capacity +completed/m);
});

test.each([120, 80, 60, 40, 20, 8])('fits into %d columns, in colors too', (width) => {
  const lines = renderRunList(all, { width, color: true }).split('\n').map(stripVTControlCharacters);
  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
  expect(lines.join('').replaceAll(/\s/g, '')).toContain('4/15');
});

test('names and times from a hostile file cannot steer the terminal', () => {
  const hostile = {
    ...complete,
    folder: 'a\u001b[2Jb',
    best: '\u0007\u009b31m',
    startedAt: '\u001b]0;x\u0007',
  };
  expect(renderRunList([hostile], { width: Infinity, color: false })).not.toMatch(/[^\P{Cc}\n]/u);
});
