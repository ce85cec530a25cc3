import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { wellfit } from '../test-support/command.js';
import type { TestHost } from '../test-support/test-host.js';

interface Written {
  readonly status?: string;
  readonly startedAt?: string;
  readonly runs?: Readonly<Record<string, number>>;
}

/** Writes the experiment.json of a run folder of one arm and two seeds. */
function runFolder({ cwd }: TestHost, name: string, { status = 'completed', ...rest }: Written = {}): string {
  const { startedAt = '2026-11-20T10:15:00.000Z', runs = { completed: 2 } } = rest;
  const folder = join(cwd, 'runs', name);
  mkdirSync(folder, { recursive: true });
  const outcome = status === 'running' ? undefined : { runs, best: 'base' };
  const plan = { name: name.replace(/-\d+$/, ''), status, startedAt, arms: ['base'], seeds: [1, 2] };
  writeFileSync(
    join(folder, 'experiment.json'),
    JSON.stringify({ schemaVersion: 1, ...plan, durationMs: 61_000, outcome, spec: {} }, null, 2),
  );
  return folder;
}

function claim(folder: string, pid: number): void {
  const owner = { pid, host: hostname(), since: '2026-11-20T10:15:00.000Z' };
  writeFileSync(join(folder, 'running.json'), JSON.stringify(owner));
}

/** Larger than any process number of Linux. */
const NOBODY = 2 ** 22 + 1;

function everyState(host: TestHost): void {
  runFolder(host, 'mnist-1', { startedAt: '2026-11-18T00:00:00.000Z' });
  claim(runFolder(host, 'imdb-2', { status: 'running' }), NOBODY);
  claim(
    runFolder(host, 'imdb-3', { status: 'running', startedAt: '2026-11-21T00:00:00.000Z' }),
    process.ppid,
  );
  runFolder(host, 'imdb-4', { runs: { completed: 1, failed: 1 }, startedAt: 'no time' });
  runFolder(host, 'imdb-5', {
    status: 'cancelled',
    runs: { completed: 1, cancelled: 1 },
    startedAt: '2026-11-19T00:00:00.000Z',
  });
}

const columns = (text: string, ...at: number[]): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => at.map((i) => line.split(/ {2,}/)[i]));

test('lists run folders with their states, the newest first', async () => {
  const { code, out, err } = await wellfit('runs', everyState);
  expect([code, err()]).toEqual([0, '']);
  expect(columns(out(), 0, 1, 2)).toEqual([
    ['imdb-3', `running (process ${process.ppid})`, '0/2'],
    ['imdb-2', 'interrupted', '0/2'],
    ['imdb-5', 'interrupted', '1/2'],
    ['mnist-1', 'completed', '2/2'],
    ['imdb-4', '1 failed', '1/2'],
  ]);
});

test.each([
  ['--state interrupted', ['imdb-2', 'imdb-5']],
  ['--state failed', ['imdb-4']],
  ['--name mnist', ['mnist-1']],
  ['--name imdb --state completed', []],
])('%s', async (options, expected) => {
  const { out } = await wellfit(`runs ${options}`, everyState);
  expect(columns(out(), 0).flat()).toEqual(expected);
  if (expected.length === 0) expect(out()).toBe('runs holds no run folders of that kind.\n');
});

test('--json gives the same to programs', async () => {
  const { out, err } = await wellfit('runs --json --name imdb-3', (host) => {
    everyState(host);
    mkdirSync(join(host.cwd, 'runs', 'other'));
  });
  expect(JSON.parse(out())).toEqual({
    folder: 'runs',
    runs: [
      {
        folder: 'imdb-3',
        experiment: 'imdb',
        state: 'running',
        process: { pid: process.ppid, host: hostname(), since: '2026-11-20T10:15:00.000Z' },
        arms: 1,
        seeds: 2,
        runs: { planned: 2, done: 0, failed: 0 },
        startedAt: '2026-11-21T00:00:00.000Z',
        durationMs: 61_000,
      },
    ],
    unlisted: [{ folder: 'other', problem: 'it has no experiment.json' }],
  });
  expect(err()).toBe('');
});

test('what is no run folder is named in a note; files and hidden folders are passed over', async () => {
  const { code, out, err } = await wellfit('runs', (host) => {
    const folder = runFolder(host, 'imdb-1');
    symlinkSync(folder, join(host.cwd, 'runs', 'linked'));
    host.write('runs/notes.txt', '');
    for (const name of ['.git', 'empty', ...'abcde']) mkdirSync(join(host.cwd, 'runs', name));
  });
  expect(code).toBe(0);
  expect(columns(out(), 0).flat()).toEqual(['imdb-1', 'linked']);
  expect(err().split('\n')).toEqual([
    ...['a', 'b', 'c', 'd', 'e'].map((name) => `note: ${name} is not listed: it has no experiment.json`),
    'note: 1 more folders are not listed; --json names them all',
    '',
  ]);
});

test('an empty folder holds none, and a removed one cannot be listed', async () => {
  const empty = await wellfit('runs .');
  expect([empty.code, empty.out()]).toEqual([0, '. holds no run folders.\n']);
  const gone = await wellfit('runs', ({ cwd }) => rmSync(cwd, { recursive: true }));
  expect([gone.code, gone.err()]).toEqual([
    2,
    'error: No runs can be listed in runs: there is no such folder. `wellfit run` makes the folder runs where it is started.\n',
  ]);
});

test('a file and a run folder are refused with what to do', async () => {
  const file = await wellfit('runs notes.txt', (host) => void host.write('notes.txt', ''));
  expect([file.code, file.err()]).toEqual([
    2,
    'error: No runs can be listed in notes.txt: it is a file, not a folder.\n',
  ]);
  const { code, err } = await wellfit('runs runs/imdb-1', (host) => void runFolder(host, 'imdb-1'));
  expect(code).toBe(2);
  expect(err()).toMatch(/runs\/imdb-1 is itself a run folder; `wellfit show runs\/imdb-1` shows it\.\n$/);
});

test('COLUMNS tells a pipe how wide it is', async () => {
  const { out } = await wellfit('runs', (host) => {
    everyState(host);
    Object.assign(host.env, { COLUMNS: '40' });
  });
  expect(
    Math.max(
      ...out()
        .split('\n')
        .map(({ length }) => length),
    ),
  ).toBeLessThanOrEqual(40);
  expect(out()).toContain('imdb-3');
});
