import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentEvent } from '@wellfit/core';
import { from, lastValueFrom } from 'rxjs';
import { readRunFolder } from '../read-run-folder.js';
import { runFolder } from '../run-folder.js';
import { capacityArms, scriptedExperiment, type Script } from '../test-support/scripted-experiment.js';
import { useHost } from '../test-support/use-host.js';
import { readRunOverview } from './run-overview.js';

const host = useHost();
const file = (...parts: string[]) => join(host().folder, ...parts);
const record = (events: readonly ExperimentEvent[]) =>
  lastValueFrom(runFolder({}, host()).connect(from(events)), { defaultValue: undefined });
const play = (script?: Script) => record(scriptedExperiment(script));
const overview = () => readRunOverview(host().folder);
const change = (edit: (text: string) => string) =>
  writeFileSync(file('experiment.json'), edit(readFileSync(file('experiment.json'), 'utf8')));

test('a complete experiment is told by the head of experiment.json alone', async () => {
  const ends = { after: 6, status: 'diverged', reason: 'loss is not finite' } as const;
  await play({ arms: [capacityArms[0], { ...capacityArms[1], ends }] });
  for (const arm of ['4-4', '16-16']) rmSync(file(arm), { recursive: true });
  expect(overview()).toEqual({
    experiment: 'imdb-capacity',
    startedAt: '2026-11-20T09:30:00.000Z',
    status: 'completed',
    durationMs: 161_400,
    arms: 2,
    seeds: 2,
    done: 4,
    failed: 0,
    best: expect.any(String) as string,
  });
});

test('a failed run is no run that is done', async () => {
  const ends = { after: 1, status: 'failed', reason: 'out of memory' } as const;
  await play({ arms: [capacityArms[0], { ...capacityArms[1], ends }], seeds: [1, 2, 3] });
  expect(overview()).toMatchObject({ status: 'completed', done: 3, failed: 3 });
});

test('of an experiment that was killed the runs are counted by their own files', async () => {
  const events = scriptedExperiment();
  const second = events.findIndex(({ type }, i) => type === 'run:end' && i > 200);
  await record(events.slice(0, second - 3));
  const ended = events.slice(0, second - 3).filter(({ type }) => type === 'run:end').length;
  expect(ended).toBeGreaterThan(0);
  expect(overview()).toMatchObject({ status: 'running', arms: 3, seeds: 2, done: ended });
  expect(overview()).toMatchObject({ durationMs: readRunFolder(host().folder).spentMs });
});

test('an experiment of very many seeds is read beyond its head', async () => {
  await play({ arms: [capacityArms[0]], epochs: 1, steps: 1 });
  const seeds = Array.from({ length: 4000 }, (_, i) => i);
  change((text) => JSON.stringify({ ...(JSON.parse(text) as object), seeds }, null, 2));
  expect(overview()).toMatchObject({ seeds: 4000, done: 2 });
});

test.each([
  ['no JSON', () => '{', 'its experiment.json is not JSON'],
  ['an empty file', () => '', 'its experiment.json is not JSON'],
  ['null', () => 'null', 'its experiment.json is not one of wellfit'],
  ['of another tool', () => '{"name":"x"}', 'its experiment.json is not one of wellfit'],
  [
    'a newer one',
    (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
    'a newer wellfit made it (schemaVersion 2, this wellfit reads 1)',
  ],
  [
    'an older one',
    (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 0'),
    'it is of an older version (schemaVersion 0, this wellfit reads 1)',
  ],
  [
    'seeds that are none',
    (text: string) => text.replace(/"seeds": \[[^\]]*\]/, '"seeds": [1e400]'),
    'its experiment.json has a wrong seeds.0',
  ],
])('says why a folder cannot be listed: %s', async (_, edit, problem) => {
  await play({ arms: [capacityArms[0]], epochs: 1 });
  change(edit);
  expect(overview()).toEqual({ problem });
});

test('refuses a file that plans more runs than could be looked for', () => {
  const many = Array.from({ length: 1000 }, (_, i) => `a${i}`);
  const seeds = many.map((_, i) => i);
  const plan = { schemaVersion: 1, name: 'x', status: 'running', startedAt: '', arms: many, seeds };
  writeFileSync(file('experiment.json'), JSON.stringify(plan));
  expect(overview()).toEqual({ problem: 'it plans 1000 × 1000 runs, more than wellfit lists' });
});

test('an empty folder, and a folder in place of the file', () => {
  expect(overview()).toEqual({ problem: 'it has no experiment.json' });
  mkdirSync(file('experiment.json'));
  expect(overview()).toEqual({ problem: expect.stringContaining('EISDIR') as string });
});
