import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jest } from '@jest/globals';
import type { ExperimentEvent } from '@wellfit/core';
import { firstValueFrom, from, lastValueFrom, Subject } from 'rxjs';
import { ReporterError } from './errors.js';
import { experimentRecord } from './experiment-record.js';
import { readRunFolder } from './read-run-folder.js';
import { RunFiles } from './run-files.js';
import { runFolder } from './run-folder.js';
import { comparison } from './test-support/comparison.js';
import { capacityArms, type Script, scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();
const path = (...parts: string[]) => join(host().folder, ...parts);
const json = (...parts: string[]) =>
  JSON.parse(readFileSync(path(...parts), 'utf8')) as Record<string, unknown>;
const record = (events: readonly ExperimentEvent[]) =>
  lastValueFrom(runFolder({}, host()).connect(from(events)), { defaultValue: 'completed' });
const play = (script?: Script) => record(scriptedExperiment(script));
/** A clock that stands still between jumps. */
function jumpingClock() {
  const { performance } = globalThis;
  let time = 1000;
  const standing = Object.create(performance, { now: { value: () => time } }) as Performance;
  Object.defineProperty(globalThis, 'performance', { value: standing, configurable: true });
  return {
    jump: (ms: number) => void (time += ms),
    restore: () =>
      Object.defineProperty(globalThis, 'performance', { value: performance, configurable: true }),
  };
}

const oneRun: Script = { arms: [capacityArms[0]], seeds: [7], epochs: 3 };

test('writes the experiment and each of its runs', async () => {
  const ends = { after: 6, status: 'stopped', reason: 'val_loss did not improve' } as const;
  expect(await play({ arms: [capacityArms[0], { ...capacityArms[1], ends }] })).toBe('completed');
  expect(json('experiment.json')).toMatchObject({
    schemaVersion: 1,
    name: 'imdb-capacity',
    status: 'completed',
    backend: 'wasm',
    seeds: [1, 2],
    versions: { node: '20.20.2' },
    spec: { training: { batchSize: 512 } },
    datasets: [{ dataset: 'imdb', provenance: { licence: 'for research' } }],
    analysis: { baseline: '4-4' },
  });
  expect(json('16-16', '2', 'run.json')).toMatchObject({
    schemaVersion: 1,
    status: 'stopped',
    reason: 'val_loss did not improve',
    restoredEpoch: 4,
    epochs: 6,
    parameters: 160_305,
    final: { accuracy: 0.88 },
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(readFileSync(path('16-16', '2', 'events.jsonl'), 'utf8')).not.toContain('step:end');
});

test('reading gives back the very record that the events make', async () => {
  const events = scriptedExperiment();
  await record(events);
  expect(readRunFolder(host().folder)).toEqual(await firstValueFrom(from(events).pipe(experimentRecord)));
});

test('keeps the hashes of tensors where there are any', async () => {
  const tensors = { 'output/kernel': '0011aabb', 'optimizer/1': '22334455' };
  const events = scriptedExperiment(oneRun).map((event) =>
    event.type === 'epoch:end' && event.epoch === 2 ? { ...event, tensors } : event,
  );
  await record(events);
  const [run] = readRunFolder(host().folder).runs;
  expect(run.epochs.map((epoch) => epoch.tensors)).toEqual([undefined, tensors, undefined]);
});

test('keeps the loss of guessing, where the first epoch recorded it', async () => {
  const events = scriptedExperiment(oneRun).map((event) =>
    event.type === 'epoch:end' && event.epoch === 1 ? { ...event, guessingLoss: 0.69 } : event,
  );
  await record(events);
  const [run] = readRunFolder(host().folder).runs;
  expect(run.epochs.map((epoch) => epoch.guessingLoss)).toEqual([0.69, undefined, undefined]);
});

test('keeps distributions, and leaves what else lies in a run folder alone', async () => {
  const events = scriptedExperiment({ ...oneRun, distributions: true });
  await record(events);
  mkdirSync(path('4-4', '7', 'model'));
  writeFileSync(path('4-4', '7', 'model', 'model.json'), '{}');
  const read = readRunFolder(host().folder);
  expect(read).toEqual(await firstValueFrom(from(events).pipe(experimentRecord)));
  expect(read.runs[0].distributions.map(({ epoch }) => epoch)).toEqual([0, 3]);
  expect(read.runs[0].distributions[1].weights[0]).toMatchObject({
    name: 'hidden_1/kernel',
    sd: expect.any(Number) as number,
  });
  expect(json('4-4', '7', 'run.json')).not.toHaveProperty('distributions');
});

test('reads folders of before datasets were recorded for each run', async () => {
  await play(oneRun);
  const file = path('4-4', '7', 'events.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"dataset":"imdb","trainRows":25000,', ''));
  expect(readRunFolder(host().folder).runs[0]).toMatchObject({
    dataset: '',
    trainRows: 0,
    parameters: 40_029,
  });
});

test('keeps comparisons and intervals, and reads folders of before there were any', async () => {
  const events = scriptedExperiment(oneRun);
  await record(events);
  expect(readRunFolder(host().folder).end?.analysis).not.toHaveProperty('comparisons');
  const compared = events.map((event) => {
    if (event.type !== 'experiment:end') return event;
    const comparisons = [
      comparison('l2', { declared: 'better' }),
      comparison('one', { bootstrap: undefined }),
    ];
    return { ...event, analysis: { ...event.analysis, comparisons } };
  });
  await record(compared);
  const read = readRunFolder(host().folder);
  expect(read).toEqual(await firstValueFrom(from(compared).pipe(experimentRecord)));
  expect(read.end?.analysis.comparisons).toHaveLength(2);
});

test('is readable while a run goes on, and after it was killed in the middle of a line', () => {
  const events$ = new Subject<ExperimentEvent>();
  runFolder({}, host()).connect(events$).subscribe();
  const events = scriptedExperiment({ ...oneRun, steps: 1 });
  for (const event of events.slice(0, events.findIndex(({ type }) => type === 'epoch:end') + 1))
    events$.next(event);
  expect(json('experiment.json')).toMatchObject({ status: 'running' });
  expect(json('4-4', '7', 'run.json')).toMatchObject({ status: 'running', epochs: 0 });
  appendFileSync(path('4-4', '7', 'events.jsonl'), '{"type":"epoch:end","ep');
  const { runs, end } = readRunFolder(host().folder);
  expect(end).toBeUndefined();
  expect(runs[0]).toMatchObject({ status: 'cancelled', reason: 'broke off before its end' });
  expect(runs[0].epochs).toHaveLength(1);
});

test('says how long it has taken while it goes on, together with earlier sessions', () => {
  const clock = jumpingClock();
  try {
    const events$ = new Subject<ExperimentEvent>();
    runFolder({}, host()).connect(events$).subscribe();
    const spent: unknown[] = [];
    for (const event of scriptedExperiment({ ...oneRun, steps: 1 })) {
      if (event.type === 'epoch:end') clock.jump(3000);
      events$.next(event.type === 'experiment:start' ? { ...event, spentMs: 50_000 } : event);
      if (event.type !== 'epoch:end') continue;
      spent.push(Math.round(readRunFolder(host().folder).spentMs ?? NaN));
    }
    // Every five seconds are often enough.
    expect(spent).toEqual([50_000, 56_000, 56_000]);
  } finally {
    clock.restore();
  }
  const { end, spentMs } = readRunFolder(host().folder);
  expect([json('experiment.json').durationMs, spentMs]).toEqual([end?.durationMs, undefined]);
});

test('a cancelled experiment is recorded as such', async () => {
  await play({ cancelAfter: 60 });
  const { runs, end } = readRunFolder(host().folder);
  expect(end?.status).toBe('cancelled');
  expect(runs[0].status).toBe('cancelled');
});

test.each(['../up', 'a/b', '..', '', 'a\0b', '-rf'])(
  'never writes outside its folder: arm %j',
  async (name) => {
    const events = scriptedExperiment({ ...oneRun, arms: [{ ...capacityArms[0], name }] });
    await expect(record(events)).rejects.toMatchObject({ code: 'unsafe-name' });
    expect(existsSync(join(dirname(host().folder), 'up'))).toBe(false);
  },
);

describe('where nothing can be written for a while', () => {
  const twoArms: Script = { arms: capacityArms.slice(0, 2), seeds: [7], epochs: 4, steps: 3 };

  /** Plays an experiment, and gives what the reporter emits with how it ends. */
  function playing(
    act: (event: ExperimentEvent, place: number) => void,
    events = scriptedExperiment(twoArms),
  ) {
    const events$ = new Subject<ExperimentEvent>();
    const told: string[] = [];
    let end: unknown = 'goes on';
    runFolder({}, host())
      .connect(events$)
      .subscribe({
        next: (text) => told.push(text),
        error: (error: unknown) => (end = error),
        complete: () => (end = 'completed'),
      });
    events.forEach((event, place) => {
      act(event, place);
      events$.next(event);
    });
    events$.complete();
    return { told, end, events };
  }
  const isEpoch = (event: ExperimentEvent, arm: string, epoch: number) =>
    event.type === 'epoch:end' && event.arm === arm && event.epoch === epoch;
  const [{ name: one }, { name: two }] = capacityArms;

  test.each([
    ['while the same run goes on', one],
    ['when another one has begun', two],
  ])('all is whole when that ends %s, and it is told once', async (_, arm) => {
    writeFileSync(path(one), 'in the way');
    const { told, end, events } = playing((event) => isEpoch(event, arm, 3) && rmSync(path(one)));
    expect([told.length, end]).toEqual([1, 'completed']);
    expect(told[0]).toMatch(/^Could not write .*4-4.*\. It tries again as the experiment goes on\.$/);
    expect(readRunFolder(host().folder)).toEqual(await firstValueFrom(from(events).pipe(experimentRecord)));
    expect(json(one, '7', 'run.json')).toMatchObject({ status: 'completed', epochs: 4 });
  });

  test('an event tries no more than its own run and one that waits, however many do; the end tries all', () => {
    writeFileSync(path(one), 'in the way');
    const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
    const write = jest.spyOn(RunFiles.prototype, 'write');
    const { events } = playing(
      () => undefined,
      scriptedExperiment({ arms: [capacityArms[0]], seeds, epochs: 2 }),
    );
    const tries = write.mock.calls.length;
    write.mockRestore();
    const tried = events.filter(({ type }) => type !== 'step:end' && type !== 'dataset:progress').length;
    expect(tries).toBeGreaterThanOrEqual(tried);
    expect(tries).toBeLessThanOrEqual(2 * tried + seeds.length);
  });

  test('that an earlier try of a run cannot be closed costs nothing', () => {
    const [first, ...rest] = scriptedExperiment(oneRun);
    const tried = rest.slice(0, rest.findIndex(({ type }) => type === 'epoch:end') + 1);
    const close = jest.spyOn(RunFiles.prototype, 'close').mockImplementationOnce(() => {
      throw new ReporterError('write-failed', 'the disk is full');
    });
    const { told, end, events } = playing(() => undefined, [first, ...tried, ...rest]);
    expect(close.mock.results.map(({ type }) => type)).toEqual(['throw', 'return']);
    close.mockRestore();
    expect([told, end]).toEqual([[], 'completed']);
    expect(readRunFolder(host().folder).runs[0].epochs).toHaveLength(
      events.filter(({ type }) => type === 'epoch:end').length - 1,
    );
  });

  test('the experiment does not look complete while a run is not, and the reporter fails', () => {
    writeFileSync(path(one), 'in the way');
    const { told, end } = playing(() => undefined);
    expect(told).toHaveLength(1);
    expect(end).toMatchObject({ code: 'write-failed' });
    expect(json('experiment.json')).toMatchObject({ status: 'running' });
    expect(json(two, '7', 'run.json')).toMatchObject({ status: 'completed' });
  });
});

test('says when the folder cannot be written', async () => {
  writeFileSync(path('4-4'), 'in the way');
  await expect(play(oneRun)).rejects.toMatchObject({ code: 'write-failed' });
});

describe('reading refuses', () => {
  const refuse = (code: string, message: RegExp) => {
    const read = () => readRunFolder(host().folder);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ name: 'ReporterError', code }) as Error);
  };
  const change = (file: string, edit: (text: string) => string) =>
    writeFileSync(path(file), edit(readFileSync(path(file), 'utf8')));
  const events = '4-4/7/events.jsonl';
  beforeEach(() => play(oneRun));

  test('a folder without experiment.json', () => {
    rmSync(path('experiment.json'));
    refuse(
      'read-failed',
      /Could not read .*experiment\.json: there is no such file; name the folder of a run/,
    );
  });

  test.each([
    ['no JSON', () => '{', /experiment\.json is not JSON/],
    [
      'a newer version',
      (t: string) => t.replace('"schemaVersion": 1', '"schemaVersion": 2'),
      /the schemaVersion 2, and this wellfit reads 1: a newer wellfit wrote it\. Update wellfit\.$/,
    ],
    [
      'another version',
      (t: string) => t.replace('"schemaVersion": 1', '"schemaVersion": 0'),
      /schemaVersion/,
    ],
    ['a wrong status', (t: string) => t.replace('"completed"', '"great"'), /wrong status/],
    ['infinite numbers', (t: string) => t.replace(/"mean": [\d.e-]+/, '"mean": 1e999'), /mean/],
    ['a list', () => '[]', /experiment\.json/],
  ])('%s in experiment.json', (_, edit, message) => {
    change('experiment.json', edit);
    refuse('bad-run-folder', message);
  });

  test('an arm that leads out of the folder', () => {
    change('experiment.json', (text) => text.replaceAll('"4-4"', '"../../etc"'));
    refuse('unsafe-name', /"\.\.\/\.\.\/etc" cannot be a folder's name/);
  });

  test.each([
    ['garbage', () => 'garbage', /events\.jsonl:3 is not JSON/],
    ['an unknown event', () => '{"type":"step:end"}', /events\.jsonl:3/],
    [
      'a text for a number',
      (l: string) => l.replace(/"loss":[\d.]+/, '"loss":"low"'),
      /events\.jsonl:3.*logs\.loss/,
    ],
    [
      'an event of another run',
      (l: string) => l.replace('"seed":7', '"seed":8'),
      /belongs to another folder/,
    ],
  ])('%s in the middle of the events', (_, edit, message) => {
    change(events, (text) =>
      text
        .split('\n')
        .map((line, i) => (i === 2 ? edit(line) : line))
        .join('\n'),
    );
    refuse('bad-run-folder', message);
  });

  test('a folder in place of a file', () => {
    rmSync(path(events));
    mkdirSync(path(events));
    refuse('read-failed', /events\.jsonl: this is a folder/);
  });
});
