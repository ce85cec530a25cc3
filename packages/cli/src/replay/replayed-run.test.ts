import type { EpochRecord, RunEvent, RunStatus } from '@wellfit/core';
import type { RunRecord } from '@wellfit/reporters';
import { ReplayedRun, type Comparison } from './replayed-run.js';

const scope = { arm: 'base', seed: 1 };
const epoch = (number: number, changes: Partial<EpochRecord> = {}): EpochRecord => ({
  epoch: number,
  logs: { loss: 1 / number, accuracy: 0.5 },
  learningRate: 0.1,
  durationMs: 1,
  digest: `d${number}`,
  tensors: { 'a/kernel': `k${number}`, 'a/bias': `b${number}`, 'optimizer/1': `${number}` },
  ...changes,
});
const recorded = (epochs: number, changes: Partial<RunRecord> = {}): RunRecord => ({
  ...scope,
  dataset: 'imdb',
  trainRows: 10,
  parameters: 3,
  stepsPerEpoch: 1,
  summary: '',
  epochLimit: 4,
  status: 'completed',
  reason: 'reached the epoch limit',
  epochs: Array.from({ length: epochs }, (_, i) => epoch(i + 1)),
  distributions: [],
  digest: 'final',
  ...changes,
});
const ending = (epochs: number, status: RunStatus = 'completed', digest = 'final'): RunEvent => ({
  ...scope,
  type: 'run:end',
  status,
  reason: 'so it is',
  epochs,
  digest,
  durationMs: 1,
});

/** Plays epochs until the comparison asks to stop or there are no more, then the end where there is one. */
function replay(
  record: RunRecord,
  epochs: readonly EpochRecord[],
  end?: RunEvent,
  how: Partial<Comparison> = {},
): ReplayedRun {
  const run = new ReplayedRun(record, { by: 'digests', ...how });
  for (const one of epochs) {
    run.see({ ...scope, type: 'epoch:end', ...one });
    if (run.isDone(one.epoch)) break;
  }
  if (end) run.see(end);
  return run;
}

test('the same epochs and the same end', () => {
  const { epochs, sameEnd, difference } = replay(recorded(2), [epoch(1), epoch(2)], ending(2));
  expect({ epochs, sameEnd, difference }).toEqual({ epochs: 2, sameEnd: true, difference: undefined });
});

test('the first epoch that differs is named, with its tensors and the log that differs most', () => {
  const tensors = { 'a/kernel': 'other', 'a/bias': 'b2', 'optimizer/1': 'other' };
  const run = replay(recorded(4), [
    epoch(1),
    epoch(2, { digest: 'other', tensors, logs: { loss: 0.75, accuracy: 0.5 } }),
    epoch(3, { digest: 'also other' }),
  ]);
  expect(run).toMatchObject({ epochs: 1, isOver: true, endDiffers: false });
  expect(run.difference).toEqual({
    ...scope,
    kind: 'epoch',
    epoch: 2,
    recorded: 'd2',
    replayed: 'other',
    tensors: { differing: ['a/kernel', 'optimizer/1'], of: 3 },
    log: { log: 'loss', recorded: 0.5, replayed: 0.75, difference: 0.25 },
  });
});

test('an old record has no hashes of tensors', () => {
  const old = recorded(1, { epochs: [epoch(1, { tensors: undefined })] });
  expect(replay(old, [epoch(1, { digest: 'other' })]).difference).toMatchObject({
    kind: 'epoch',
    tensors: undefined,
    log: undefined,
  });
});

test('other final weights after equal epochs differ, and a saved model could tell more', () => {
  const run = replay(recorded(2), [epoch(1), epoch(2)], ending(2, 'completed', 'other'));
  expect(run).toMatchObject({
    endDiffers: true,
    difference: { kind: 'final-weights', epoch: 2, recorded: 'final', replayed: 'other' },
  });
});

test.each([
  ['goes on where the record ends', recorded(2, { status: 'stopped', reason: 'enough' }), 3, undefined],
  ['ends where the record goes on', recorded(3), 2, ending(2, 'stopped')],
  ['goes on where the record diverged', recorded(1, { status: 'diverged', reason: 'NaN' }), 2, undefined],
  ['ends in another way than the record', recorded(2, { status: 'diverged' }), 2, ending(2)],
])('a replay that %s differs', (_, record, epochs, end) => {
  const played = Array.from({ length: epochs }, (__, i) => epoch(i + 1));
  const { difference, sameEnd } = replay(record, played, end);
  expect(difference).toMatchObject({ kind: 'end', epoch: epochs });
  expect(sameEnd).toBe(false);
});

test('both diverged: the same end, whatever the digest of weights that are not finite', () => {
  const { sameEnd } = replay(recorded(0, { status: 'diverged' }), [], ending(0, 'diverged', 'NaN'));
  expect(sameEnd).toBe(true);
});

test.each(['cancelled', 'failed'] as const)(
  'of a run that was cut short (%s), only epochs are compared',
  (status) => {
    const record = recorded(2, { status, digest: undefined });
    const run = new ReplayedRun(record, { by: 'digests' });
    expect([run.isDone(1), run.isDone(2)]).toEqual([false, true]);
    expect(replay(record, [epoch(1), epoch(2)], ending(2, 'stopped'))).toMatchObject({
      epochs: 2,
      sameEnd: false,
      difference: undefined,
    });
  },
);

test('a limit of epochs leaves the end alone', () => {
  const run = replay(recorded(4), [epoch(1), epoch(2)], ending(2, 'stopped', 'other'), { epochs: 2 });
  expect(run).toMatchObject({ epochs: 2, sameEnd: false, difference: undefined });
});

test('a replay that fails behind the last epoch to compare, as its record did, is the same', () => {
  const run = replay(recorded(2, { status: 'failed' }), [epoch(1), epoch(2)], ending(2, 'failed'));
  expect(run).toMatchObject({ epochs: 2, failure: undefined, difference: undefined });
});

test('a replay that fails is no difference, and says why', () => {
  const run = replay(recorded(4), [epoch(1)], ending(1, 'failed'));
  expect(run).toMatchObject({ failure: 'so it is', isOver: true, difference: undefined });
});

test('on another backend losses may be off a little, bits do not count, and three epochs are enough', () => {
  const record = recorded(4);
  const near = [1, 2, 3, 4].map((n) => epoch(n, { digest: 'x', logs: { loss: 1.005 / n, accuracy: 0 } }));
  const same = replay(record, near, ending(3, 'stopped'), { by: 'losses' });
  expect(same).toMatchObject({ epochs: 3, sameEnd: false, difference: undefined, largest: { epoch: 1 } });
  expect(same.largest?.difference).toBeCloseTo(0.005, 10);

  const far = [epoch(1), epoch(2, { logs: { loss: 0.52, accuracy: 0.5 } })];
  expect(replay(record, far, undefined, { by: 'losses' }).difference).toMatchObject({
    kind: 'loss',
    epoch: 2,
    log: { log: 'loss', recorded: 0.5, replayed: 0.52 },
  });
});
