import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Json } from '@wellfit/core';
import { useRecordedRun } from '../test-support/recorded-run.js';
import { findUnfinished } from './find-unfinished.js';

const recorded = useRecordedRun();

/** A copy of the recorded run as if it had been killed, in a folder of its own. */
function killed(
  out: string,
  name = 'tiny-20261121-101500-aaaaaa',
): { out: string; folder: string; spec: Json } {
  const { cwd, folder } = recorded();
  const copy = join(cwd, out, name);
  cpSync(join(cwd, folder), copy, { recursive: true });
  const path = join(copy, 'experiment.json');
  const { analysis: _, ...content } = JSON.parse(readFileSync(path, 'utf8')) as {
    analysis: Json;
    spec: Json;
  };
  writeFileSync(path, JSON.stringify({ ...content, status: 'running' }));
  return { out: join(cwd, out), folder: copy, spec: content.spec };
}

test('finds the newest one of the same specification', () => {
  killed('newest');
  const { out, folder, spec } = killed('newest', 'tiny-20261121-121500-bbbbbb');
  expect(findUnfinished(out, 'tiny', spec)).toEqual({ folder, ended: 4, planned: 4 });
  expect(findUnfinished(out, 'tiny', { ...(spec as object), numerics: 'fast' })).toBeUndefined();
  expect(findUnfinished(out, 'other', spec)).toBeUndefined();
});

test('leaves alone what is complete, damaged, or run by somebody', () => {
  const { cwd, folder } = recorded();
  const { out, folder: own, spec } = killed('alone');
  cpSync(join(cwd, folder), join(out, 'tiny-20261121-131500-cccccc'), { recursive: true });
  mkdirSync(join(out, 'tiny-20261121-141500-dddddd'));
  expect(findUnfinished(out, 'tiny', spec)?.folder).toBe(own);
  const owner = { pid: process.ppid, host: hostname(), since: new Date().toISOString() };
  writeFileSync(join(own, 'running.json'), JSON.stringify(owner));
  expect(findUnfinished(out, 'tiny', spec)).toBeUndefined();
  // A process that is no more.
  writeFileSync(join(own, 'running.json'), JSON.stringify({ ...owner, pid: 2 ** 22 + 1 }));
  expect(findUnfinished(out, 'tiny', spec)?.folder).toBe(own);
  expect(findUnfinished(join(out, 'none'), 'tiny', spec)).toBeUndefined();
});

test('run tells of it, asks where somebody can answer, and goes on where asked to', async () => {
  const { wellfit } = recorded();
  killed('asked');
  const args = ['run', 'tiny.yaml', '--seeds', '2', '--no-report', '--quiet', '--out', 'asked'];
  const told = await wellfit(...args);
  expect(told.err()).toMatch(
    /^note: asked.tiny-\S+ holds an interrupted run .*, 4 of 4 runs done; --resume goes on/,
  );
  expect((await wellfit(...args, '--no-resume')).err()).toBe('');
  const gone = await wellfit(...args, '--resume');
  expect([gone.code, gone.err()]).toEqual([0, '']);
  expect(gone.out()).toContain('results: asked/tiny-20261121-101500-aaaaaa');
  // Now it is complete, so that there is nothing to ask about.
  expect((await wellfit(...args, '--resume')).out()).not.toContain('aaaaaa');
});
