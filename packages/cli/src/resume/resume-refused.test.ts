import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkpoint } from '@wellfit/core';
import { readRunFolder, writeCheckpoint, type CheckpointOrigin } from '@wellfit/reporters';
import { TINY } from '../test-support/command.js';
import { resultsOf, useRecordedRun } from '../test-support/recorded-run.js';
import { earlierRuns } from './earlier-runs.js';

const recorded = useRecordedRun();

const origin: CheckpointOrigin = { spec: 'another', backend: 'wasm', numerics: 'exact', versions: {} };

/** A copy of the recorded run as if it had been killed while l2, seed 2, was trained. */
function killed(name: string, made: Partial<CheckpointOrigin> = {}): string {
  const { cwd, folder } = recorded();
  const copy = join(cwd, name);
  cpSync(join(cwd, folder), copy, { recursive: true });
  const path = join(copy, 'experiment.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"status": "completed"', '"status": "running"'));
  const run = join(copy, 'l2', '2', 'events.jsonl');
  const lines = readFileSync(run, 'utf8').split('\n');
  const end = lines.findIndex((line) => line.includes('"epoch:end"'));
  writeFileSync(run, `${lines.slice(0, end + 1).join('\n')}\n{"torn`);
  const checkpoint: Checkpoint = {
    arm: 'l2',
    seed: 2,
    epoch: 1,
    steps: 4,
    learningRate: 0.01,
    events: [],
    callbacks: [],
    slots: [],
    tensors: [],
  };
  writeCheckpoint(copy, checkpoint, { ...origin, ...made });
  return name;
}

const quiet = ['--no-report', '-q'];

test('a checkpoint of another specification is refused, and said what to do', async () => {
  const { code, out, err } = await recorded().wellfit('resume', killed('other-spec'), ...quiet);
  expect([code, out()]).toEqual([1, '']);
  expect(err()).toMatch(
    /^error: The checkpoint of l2, seed 2 cannot be continued bit for bit: it is of another spec.*--anew/,
  );
});

test.each<[Partial<CheckpointOrigin>, RegExp]>([
  [{ backend: 'native' }, /computed by the backend native, here wasm computes/],
  [{ numerics: 'fast' }, /with fast numerics, here they are exact/],
  [{ versions: { wellfit: '0.9.0' } }, /made with wellfit 0\.9\.0, here it is 0\.1\.0/],
  [
    { versions: { wellfit: '0.1.0', tensorflow: '2.21.0' } },
    /made with tensorflow 2\.21\.0, here it is missing/,
  ],
])('so is one that %j computed', (made, message) => {
  const here: CheckpointOrigin = { ...origin, versions: { wellfit: '0.1.0' } };
  const folder = join(
    recorded().cwd,
    killed(`made-${JSON.stringify(made).replaceAll(/\W+/g, '-')}`, { ...here, ...made }),
  );
  const record = readRunFolder(folder);
  expect(() => earlierRuns(folder, record, here, { anew: false, models: false })).toThrow(message);
  expect(earlierRuns(folder, record, here, { anew: true, models: false })).toMatchObject({
    ended: 3,
    continued: 0,
    fresh: 1,
  });
  expect(earlierRuns(folder, record, { ...here, ...made }, { anew: false, models: false })).toMatchObject({
    ended: 3,
    continued: 1,
  });
});

test('--anew trains such a run from its first epoch, and all is as it was', async () => {
  const { wellfit, cwd, folder } = recorded();
  const name = killed('anew');
  const { code, err } = await wellfit('resume', name, '--anew', ...quiet);
  expect([code, err()]).toEqual([0, '']);
  const digest = (root: string): string =>
    /"run:end".*"digest":"(\w+)"/.exec(
      readFileSync(join(cwd, root, 'l2', '2', 'events.jsonl'), 'utf8'),
    )?.[1] ?? '';
  expect(digest(name)).toBe(digest(folder));
  expect(digest(name)).toHaveLength(64);
});

test('what is no run folder is an error that says what there is', async () => {
  const { wellfit, cwd } = recorded();
  mkdirSync(join(cwd, 'empty'));
  for (const path of ['empty', 'nowhere', 'tiny.yaml']) {
    const { code, err } = await wellfit('resume', path);
    expect(code).toBe(2);
    expect(err()).toMatch(new RegExp(`^error: ${path} is no run folder`));
  }
  expect((await wellfit('resume', 'runs')).err()).toMatch(/it holds run folders, choose one: runs\/tiny-/);
});

test('a complete one has nothing left to do', async () => {
  const { wellfit, folder } = recorded();
  const { code, out } = await wellfit('resume', folder);
  expect([code, out()]).toEqual([
    0,
    `${folder} is complete: all its runs have ended, there is nothing left to do.\n`,
  ]);
});

test('other data than the experiment began with is refused before anything is trained', async () => {
  const { wellfit, cwd } = recorded();
  // The same plugin, whose data depends on where it lies.
  const plugin = `export default () => ({ name: 'mine', async load(context) {
    const data = await globalThis.wellfitTestData(context);
    return Object.assign(Object.create(data), { name: 'mine', provenance: { ...data.provenance, sha256: { 'a.bin': import.meta.url.includes('other') ? 'bb' : 'aa' } } });
  } })`;
  const { syntheticReviews } = await import('@wellfit/datasets');
  const wellfitTestData = (context: object) =>
    syntheticReviews({ train: 64, validation: 32, test: 1 }).load(context);
  Object.assign(globalThis, { wellfitTestData });
  mkdirSync(join(cwd, 'other'));
  writeFileSync(join(cwd, 'mine.mjs'), plugin);
  writeFileSync(join(cwd, 'other', 'mine.mjs'), plugin);
  writeFileSync(
    join(cwd, 'mine.yaml'),
    `plugins: [./mine.mjs]\n${TINY.replace(/dataset: .*/, 'dataset: mine')}`,
  );
  const folder = resultsOf(await wellfit('run', 'mine.yaml', ...quiet));
  const file = join(cwd, folder, 'experiment.json');
  const changed = { status: 'running', pluginFolders: [join(cwd, 'other')] };
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...changed }));
  rmSync(join(cwd, folder, 'l2'), { recursive: true });

  const { code, err } = await wellfit('resume', folder, ...quiet);
  expect(code).toBe(1);
  expect(err()).toMatch(/^error: The data of mine is not that of the recorded run: a\.bin has SHA-256 bb/);
  expect(existsSync(join(cwd, folder, 'l2'))).toBe(false);
  expect(existsSync(join(cwd, folder, 'base', '1', 'events.jsonl'))).toBe(true);
});
