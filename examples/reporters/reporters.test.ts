/** The example of docs/extending/reporter.md, with the events of scripted runs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  runReporters,
  type ExperimentEvent,
  type Reporter,
  type ReporterHost,
  type RunEvent,
} from '@wellfit/core';
import { scriptedRun } from '@wellfit/testing';
import { from } from 'rxjs';

type Factory = (options: object | undefined, host: ReporterHost) => Reporter;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wellfit-example-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const runOf = (seed: number, ...losses: number[]): RunEvent[] =>
  scriptedRun(losses.map((val_loss) => ({ val_loss }))).map((event) => ({ ...event, arm: 'base', seed }));

/** As the command loads a plugin: by its module's path, of which it knows nothing but the default export. */
async function load(path: string): Promise<Factory> {
  const module = (await import(path)) as { default: Factory };
  return module.default;
}

/** What the reporter says and writes. */
async function reported(events: ExperimentEvent[], options?: object) {
  const lowestLosses = await load('./lowest-losses.js');
  let said = '';
  const host = { folder, stdout: { write: (text: string) => (said += text) } };
  const failures = await runReporters(from(events), [lowestLosses(options, host)]);
  const written = JSON.parse(readFileSync(join(folder, 'lowest-losses.json'), 'utf8')) as object;
  return { failures, said, written };
}

test('runs that come mixed are kept apart', async () => {
  const [one, two] = [runOf(1, 0.5, 0.4, 0.6), runOf(2, 0.3, 0.7, 0.2)];
  const mixed = one.flatMap((event, i) => [event, two[i]]);
  expect(await reported(mixed, { digits: 2 })).toEqual({
    failures: [],
    said: 'base, seed 1: completed, lowest val_loss 0.40\nbase, seed 2: completed, lowest val_loss 0.20\n',
    written: { 'base, seed 1': 0.4, 'base, seed 2': 0.2 },
  });
});

test('a run that starts again counts anew, and what is recorded counts without being told again', async () => {
  const first = runOf(1, 0.1).slice(0, -2);
  const recorded = runOf(2, 0.3).map((event) => ({ ...event, recorded: true as const }));
  expect(await reported([...recorded, ...first, ...runOf(1, 0.5)])).toEqual({
    failures: [],
    said: 'base, seed 1: completed, lowest val_loss 0.5000\n',
    written: { 'base, seed 1': 0.5, 'base, seed 2': 0.3 },
  });
});
