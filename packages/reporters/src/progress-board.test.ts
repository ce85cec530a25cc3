import { emptyBoard, remainingMs, updateBoard } from './progress-board.js';
import { scriptedExperiment } from './test-support/scripted-experiment.js';

const events = scriptedExperiment();
const after = (count: number) => events.slice(0, count).reduce(updateBoard, emptyBoard);
const indexOf = (type: string, nth: number) =>
  events.map((event, i) => [event.type, i] as const).filter(([t]) => t === type)[nth][1] + 1;

test('has a waiting row for each arm and seed from the start', () => {
  const { rows, title } = after(1);
  expect(title).toBe('imdb-capacity on wasm');
  expect(rows.map(({ arm, seed, state }) => `${arm} ${seed} ${state}`)).toEqual([
    '4-4 1 waiting',
    '16-16 1 waiting',
    '512-512 1 waiting',
    '4-4 2 waiting',
    '16-16 2 waiting',
    '512-512 2 waiting',
  ]);
  expect(remainingMs(rows[0], rows)).toBeUndefined();
});

test('shows files until their dataset is ready', () => {
  expect(after(3).loading).toEqual([
    { stage: 'download', file: 'imdb.npz', done: 4_400_000, total: 17_464_789 },
  ]);
  expect(after(indexOf('dataset:ready', 0)).loading).toEqual([]);
});

test('follows steps and epochs, and expects the rest from the pace so far', () => {
  const inEpoch = after(indexOf('step:end', 9));
  expect(inEpoch.rows[0]).toMatchObject({ state: 'running', epochs: 20, done: 2.5, spentMs: 2_480 });
  expect(inEpoch.rows[0].valLosses).toHaveLength(2);
  expect(remainingMs(inEpoch.rows[0], inEpoch.rows)).toBeCloseTo(17.5 * 1_240);
  expect(remainingMs(inEpoch.rows[1], inEpoch.rows)).toBeCloseTo(20 * 1_240);
});

test('ends with every run ended', () => {
  const { rows } = after(events.length);
  expect(rows.every(({ state, done }) => state === 'completed' && done === 20)).toBe(true);
  expect(remainingMs(rows[0], rows)).toBe(0);
});

test('adds rows for runs that no experiment announced', () => {
  const runEvents = events.filter((event) => 'arm' in event);
  expect(runEvents.reduce(updateBoard, emptyBoard).rows).toHaveLength(6);
});
