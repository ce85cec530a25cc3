import { stripVTControlCharacters } from 'node:util';
import type { ExperimentEvent } from '@wellfit/core';
import { concat, from, lastValueFrom, type Observable, Subject, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { progress } from './progress.js';
import { scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const hide = '\u001b[?25l';
const show = '\u001b[?25h';
const host = useHost({ columns: 100, rows: 24 });
const text = () => stripVTControlCharacters(host().written());
const frames = () => host().written().split('\u001b[?2026h').length - 1;
const finish = (events$: Observable<ExperimentEvent>) =>
  lastValueFrom(progress({ interval: 20 }, host()).connect(events$), { defaultValue: 'completed' });

/** Sends events and looks at what was written at chosen milliseconds of a virtual clock. */
function atTimes(steps: Record<number, (events$: Subject<ExperimentEvent>) => void>): void {
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(() => {
    const events$ = new Subject<ExperimentEvent>();
    const subscription = progress({}, host()).connect(events$).subscribe();
    for (const [time, step] of Object.entries(steps)) scheduler.schedule(() => step(events$), Number(time));
    scheduler.schedule(() => subscription.unsubscribe(), 1_000);
  });
}

test('draws the last state, gives the cursor back and prints the results table', async () => {
  expect(await finish(from(scriptedExperiment()))).toBe('completed');
  const [live, after] = host().written().split(show);
  expect(live.startsWith(hide)).toBe(true);
  expect(stripVTControlCharacters(live)).toContain('6/6 runs');
  expect(stripVTControlCharacters(after)).toMatch(/^\nCompleted in 2:41\.\n\n +lowest/);
  expect(stripVTControlCharacters(after)).toMatch(/^512-512 +overtrained/m);
});

test('draws at most once per interval, however many events come, and only the newest state', () => {
  const run = { arm: 'a', seed: 1 } as const;
  const step = { ...run, type: 'step:end', epoch: 1, step: 1, steps: 1, logs: {} } as const;
  atTimes({
    0: (events$) => {
      events$.next({
        ...run,
        type: 'run:start',
        dataset: 'imdb',
        trainRows: 100,
        epochs: 2_000,
        stepsPerEpoch: 1,
        parameters: 1,
        summary: '',
      });
      for (let epoch = 1; epoch <= 1_000; epoch += 1) events$.next({ ...step, epoch });
    },
    99: () => expect(host().written()).toBe(''),
    101: () => {
      expect(frames()).toBe(1);
      expect(text()).toContain('1000/2000');
    },
    150: (events$) => events$.next({ ...step, epoch: 1_001 }),
    249: () => expect(frames()).toBe(1),
    251: () => expect(frames()).toBe(2),
    900: () => expect(frames()).toBe(2),
  });
  expect.assertions(6);
});

test('gives the cursor back when the events break off with an error', async () => {
  const lost = throwError(() => new Error('lost'));
  const events$ = new Subject<ExperimentEvent>();
  const ended = finish(concat(events$, lost));
  scriptedExperiment().forEach((event) => events$.next(event));
  await new Promise((resolve) => setTimeout(resolve, 40));
  events$.complete();
  await expect(ended).rejects.toThrow('lost');
  expect(host().written().startsWith(hide)).toBe(true);
  expect(host().written().endsWith(show)).toBe(true);
});

test.each([1, 2])('gives the cursor back when write %d fails', async (failing) => {
  const written: string[] = [];
  const write = (chunk: string) => {
    written.push(chunk);
    if (written.length === failing) throw new Error('write EIO');
  };
  const stdout = { isTTY: true, columns: 100, rows: 24, write };
  const stream$ = progress({}, { folder: host().folder, stdout }).connect(from(scriptedExperiment()));
  await expect(lastValueFrom(stream$)).rejects.toThrow('write EIO');
  expect(written[0]).toBe(hide);
  expect(written.at(-1)).toBe(show);
});

test('gives the cursor back when it is left in the middle', () => {
  atTimes({
    0: (events$) =>
      scriptedExperiment()
        .slice(0, 30)
        .forEach((event) => events$.next(event)),
    101: () => expect(host().written().startsWith(hide)).toBe(true),
  });
  expect(host().written().endsWith(show)).toBe(true);
});

test('keeps warnings above the table', async () => {
  const [start, ...rest] = scriptedExperiment();
  const warning: ExperimentEvent = { type: 'warning', from: 'reporter csv', message: 'gave up' };
  await finish(from([start, warning, ...rest]));
  expect(text()).toMatch(/^Warning from reporter csv: gave up\n[\s\S]*6\/6 runs/);
});

test.each([
  [20, 5],
  [1, 1],
])('a terminal of %d x %d does not break it', async (columns, rows) => {
  Object.assign(host().stdout, { columns, rows });
  expect(await finish(from(scriptedExperiment()))).toBe('completed');
});

test('erases the lines that a narrower terminal has broken in two', () => {
  const events = scriptedExperiment();
  let before = 0;
  atTimes({
    0: (events$) => events.slice(0, 40).forEach((event) => events$.next(event)),
    150: (events$) => {
      before = host().written().length;
      host().stdout.columns = 50;
      events$.next(events[40]);
    },
  });
  expect(host().written().slice(before)).toContain('\u001b[1A\u001b[2K');
});
