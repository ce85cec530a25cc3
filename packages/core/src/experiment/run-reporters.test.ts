import {
  concat,
  delay,
  EMPTY,
  ignoreElements,
  map,
  NEVER,
  of,
  tap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import type { ExperimentEvent } from '../contracts/events.js';
import type { Reporter } from '../contracts/reporter.js';
import { runReporters } from './run-reporters.js';

const ready: ExperimentEvent = {
  type: 'dataset:ready',
  dataset: 'test',
  sizes: {},
  provenance: { source: 'test', sha256: {}, licence: 'none' },
};
const epoch = (n: number): ExperimentEvent => ({ type: 'epoch:start', arm: 'a', seed: 1, epoch: n });

function recording(name: string, seen: ExperimentEvent[]): Reporter {
  return {
    name,
    connect: (events$) =>
      events$.pipe(
        tap((event) => seen.push(event)),
        ignoreElements(),
      ),
  };
}

test('shows every event to every reporter, in order', async () => {
  const seen: ExperimentEvent[][] = [[], []];
  const failures = await runReporters(
    of(ready, epoch(1), epoch(2)),
    seen.map((events, i) => recording(`r${i}`, events)),
  );
  expect(failures).toEqual([]);
  for (const events of seen) expect(events).toEqual([ready, epoch(1), epoch(2)]);
});

test('waits for a reporter that still writes', async () => {
  let written = false;
  const slow: Reporter = {
    name: 'slow',
    connect: (events$) =>
      concat(
        events$.pipe(ignoreElements()),
        timer(20).pipe(
          tap(() => (written = true)),
          ignoreElements(),
        ),
      ),
  };
  await runReporters(of(ready), [slow]);
  expect(written).toBe(true);
});

test.each<[string, (events$: Observable<ExperimentEvent>) => Observable<never>]>([
  [
    'on an event',
    (events$) =>
      events$.pipe(
        tap((event) => {
          if (event.type === 'epoch:start') throw new Error('disk full');
        }),
        ignoreElements(),
      ),
  ],
  [
    'when it connects',
    () => {
      throw new Error('disk full');
    },
  ],
  ['as a stream', () => throwError(() => new Error('disk full'))],
])('isolates and names a reporter that fails %s', async (_, connect) => {
  const seen: ExperimentEvent[] = [];
  const failures = await runReporters(of(ready, epoch(1), epoch(2)), [
    recording('before', []),
    { name: 'bad', connect },
    recording('after', seen),
  ]);
  expect(failures).toEqual([{ reporter: 'bad', error: new Error('disk full') }]);
  expect(seen.filter(({ type }) => type === 'epoch:start')).toEqual([epoch(1), epoch(2)]);
  expect(seen).toContainEqual({ type: 'warning', from: 'reporter bad', message: 'disk full' });
});

test('a text that a reporter emits is a warning to all, behind the event in hand, and it goes on', async () => {
  const seen: ExperimentEvent[][] = [[], []];
  const warning = (message: string) => ({ type: 'warning', from: 'reporter slow disk', message });
  const [before, after] = seen.map((events, i) => recording(`r${i}`, events));
  const slow: Reporter = {
    name: 'slow disk',
    // Whatever is no text is no warning: events that somebody lets through would be shown without end.
    connect: (events$) =>
      events$.pipe(
        map((event) => (event.type === 'epoch:start' ? `epoch ${event.epoch}` : (ready as never))),
      ),
  };
  const failures = await runReporters(of(ready, epoch(1), epoch(2)), [before, slow, after]);
  expect(failures).toEqual([]);
  for (const events of seen) {
    expect(events).toEqual([ready, epoch(1), warning('epoch 1'), epoch(2), warning('epoch 2')]);
  }
});

test('rejects where the events fail, after the reporters are done', async () => {
  const events$ = concat(of(ready), throwError(() => new Error('no data')).pipe(delay(0)));
  const seen: ExperimentEvent[] = [];
  await expect(runReporters(events$, [recording('r', seen)])).rejects.toThrow('no data');
  expect(seen).toEqual([ready]);
});

test('does not wait for ever for a reporter that never completes, and names it', async () => {
  const seen: ExperimentEvent[] = [];
  const failures = await runReporters(
    of(ready),
    [{ name: 'stuck', connect: () => NEVER }, recording('fine', seen)],
    { flushTimeoutMs: 20 },
  );
  expect(failures.map(({ reporter }) => reporter)).toEqual(['stuck']);
  expect(seen).toEqual([ready]);
});

test('works without reporters', async () => {
  await expect(runReporters(EMPTY, [])).resolves.toEqual([]);
});
