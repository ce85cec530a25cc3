import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { useRecordedRun } from '../test-support/recorded-run.js';

const recorded = useRecordedRun();
/** As it is after a kill: no end, and a torn last line. */
function killed(): string {
  const folder = recorded().changed('experiment.json', (text) => {
    const {
      outcome: _,
      analysis: __,
      durationMs: ___,
      ...rest
    } = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify({ ...rest, status: 'running' });
  });
  rmSync(join(recorded().cwd, folder, 'l2', '2'), { recursive: true });
  return folder;
}

test('shows an experiment from its folder alone, as the console did at its end', async () => {
  const { folder, wellfit } = recorded();
  const { code, out, err } = await wellfit('show', folder);
  expect([code, err()]).toEqual([0, '']);
  expect(out()).toMatch(/^state +completed$/m);
  expect(out()).toMatch(/^arm l2 +regularizers\.l2 0\.001$/m);
  expect(out()).toMatch(/^Baseline: base\. Means over 2 seeds/m);
  expect(out()).toMatch(/^l2 against base: not declared, 2 seeds; /m);
  expect(out()).toMatch(/^l2 +2 +completed +2\/2 +\d+\w+ +[0-9a-f]{16} +l2\/2\/model +reached/m);
});

test('an interrupted one is shown as far as it got, with how to go on', async () => {
  const folder = killed();
  const { code, out } = await recorded().wellfit('show', folder);
  expect(code).toBe(0);
  expect(out()).toMatch(new RegExp(`^state +interrupted; go on with: wellfit resume ${folder}$`, 'm'));
  expect(out()).toMatch(/^l2 +2 +not begun$/m);
  expect(out()).toMatch(/^base: (underfit|inconclusive|not learning|good fit)\./m);
});

test('while it runs, a run without its end goes on', async () => {
  const folder = killed();
  const { cwd, wellfit } = recorded();
  const events = join(cwd, folder, 'l2/1/events.jsonl');
  const lines = readFileSync(events, 'utf8').trimEnd().split('\n');
  writeFileSync(events, `${lines.slice(0, 3).join('\n')}\n`);
  expect((await wellfit('show', folder)).out()).toMatch(/^l2 +1 +cancelled +1\/2 /m);
  const owner = { pid: process.ppid, host: hostname(), since: '2026-11-20T10:15:00.000Z' };
  writeFileSync(join(cwd, folder, 'running.json'), JSON.stringify(owner));
  const { out } = await wellfit('show', folder);
  expect(out()).toMatch(new RegExp(`^state +running, by process ${process.ppid}$`, 'm'));
  expect(out()).toMatch(/^l2 +1 +running +1\/2 /m);
  expect((await wellfit('show', `${folder}/l2/1`)).out()).toMatch(/^status +running: goes on$/m);
});

test('one run, by its folder or that of its model', async () => {
  const { folder, wellfit } = recorded();
  const { code, out } = await wellfit('show', `${folder}/l2/2`);
  expect(code).toBe(0);
  expect(out()).toMatch(/^tiny, arm l2, seed 2$/m);
  expect(out()).toMatch(/^digest +[0-9a-f]{64}$/m);
  expect(out()).toMatch(/^ +2 +0\.\d{4} /m);
  expect((await wellfit('show', `${folder}/l2/2/model`)).out()).toBe(out());
});

test('an arm has its own runs only', async () => {
  const { folder, wellfit } = recorded();
  const { out } = await wellfit('show', `${folder}/l2`);
  expect(out()).toMatch(/^l2 +1 +completed/m);
  expect(out()).not.toMatch(/^base +1 +completed/m);
});

test('--json says the same to programs', async () => {
  const { folder, wellfit } = recorded();
  const whole = JSON.parse((await wellfit('show', folder, '--json')).out()) as Record<string, unknown>;
  expect(whole).toMatchObject({
    folder,
    state: 'completed',
    experiment: { name: 'tiny', arms: ['base', 'l2'], seeds: [1, 2] },
    datasets: [{ dataset: 'synthetic-reviews' }],
    analysis: { baseline: 'base', comparisons: [{ arm: 'l2' }, { arm: 'l2' }, { arm: 'l2' }] },
    missing: [],
  });
  expect(whole.runs).toHaveLength(4);
  const one = JSON.parse((await wellfit('show', `${folder}/base/1`, '--json')).out()) as object;
  expect(one).toMatchObject({
    experiment: 'tiny',
    arm: 'base',
    seed: 1,
    status: 'completed',
    epochs: [{ epoch: 1 }, { epoch: 2 }],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    model: `${folder}/base/1/model`,
  });
});

test.each([
  ['nothing there', () => 'nix', /^error: There is no nix\. `wellfit runs` lists/],
  ['a folder of run folders', () => 'runs', /choose one: runs\/tiny-/],
  ['a file', () => 'tiny.yaml', /tiny\.yaml is no run folder and lies in none/],
  [
    'another folder within',
    () => {
      mkdirSync(join(recorded().cwd, recorded().folder, 'notes'), { recursive: true });
      return `${recorded().folder}/notes`;
    },
    /notes is the folder of no arm; the experiment has base, l2\./,
  ],
  [
    'a run that has not begun',
    () => {
      const folder = killed();
      mkdirSync(join(recorded().cwd, folder, 'l2', '2'));
      return `${folder}/l2/2`;
    },
    /l2\/2 has not begun, so there is nothing to show\. Its experiment: interrupted; go on with: wellfit resume/,
  ],
])('refuses %s', async (_, reference, message) => {
  const { code, err } = await recorded().wellfit('show', reference());
  expect(code).toBe(2);
  expect(err()).toMatch(message);
});
