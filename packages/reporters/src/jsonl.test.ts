import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { from, lastValueFrom, Subject } from 'rxjs';
import type { ExperimentEvent } from '@wellfit/core';
import { jsonl } from './jsonl.js';
import { capacityArms, scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();
const small = { arms: [capacityArms[0]], seeds: [1], epochs: 2 };
const play = (events: readonly ExperimentEvent[], options = {}) =>
  lastValueFrom(jsonl(options, host()).connect(from(events)), { defaultValue: 'completed' });
const lines = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);

test('writes every event but the steps, one a line', async () => {
  const events = scriptedExperiment(small);
  expect(await play(events)).toBe('completed');
  const kept = events.filter(({ type }) => type !== 'step:end');
  expect(lines(join(host().folder, 'events.jsonl'))).toEqual(kept.map((event) => JSON.stringify(event)));
});

test('writes steps on request, to a path in a folder that does not exist yet', async () => {
  const path = join(host().folder, 'new', 'all.jsonl');
  const events = scriptedExperiment(small);
  await play(events, { steps: true, path });
  expect(lines(path)).toHaveLength(events.length);
});

test('an event is in the file as soon as it happened, and stays there when the stream is left', () => {
  const path = join(host().folder, 'events.jsonl');
  const events$ = new Subject<ExperimentEvent>();
  const subscription = jsonl({}, host()).connect(events$).subscribe();
  events$.next({ type: 'warning', from: 'test', message: 'one' });
  expect(lines(path)).toHaveLength(1);
  subscription.unsubscribe();
  events$.next({ type: 'warning', from: 'test', message: 'two' });
  expect(lines(path)).toHaveLength(1);
});

test('appends to what is there and removes a torn last line', async () => {
  const path = join(host().folder, 'events.jsonl');
  writeFileSync(path, '{"type":"warning","from":"a","message":"kept"}\n');
  appendFileSync(path, `{"torn":"${'x'.repeat(200_000)}`);
  await play([{ type: 'warning', from: 'b', message: 'new' }]);
  expect(lines(path).map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
    'kept',
    'new',
  ]);
});

test('a full disk ends the stream with the path and what to do', async () => {
  await expect(play(scriptedExperiment(small), { path: '/dev/full' })).rejects.toMatchObject({
    code: 'write-failed',
    message: expect.stringMatching(/\/dev\/full: the disk is full; free some space/) as string,
  });
});

test('refuses unknown options', () => {
  expect(() => jsonl({ step: true } as object, host())).toThrow(/\[reporter jsonl\].*step/);
});
