import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from './claim-folder.js';
import { folderOwner } from './folder-owner.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wellfit-claims-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const owner = { pid: process.ppid, host: hostname(), since: '2026-11-21T10:00:00.000Z' };
const claimedBy = (content: object | string): void =>
  writeFileSync(
    join(folder, 'running.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
const inUse = expect.objectContaining({ code: 'in-use' }) as Error;

test('says who has it, and gives it free', () => {
  const release = claimFolder(folder, 'runs/a');
  const { pid, host } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as typeof owner;
  expect([pid, host]).toEqual([process.pid, hostname()]);
  release();
  expect(readdirSync(folder)).toEqual([]);
  release();
});

test('a living process keeps it, whatever the clock says', () => {
  for (const since of ['1999-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z']) {
    claimedBy({ ...owner, since });
    expect(() => claimFolder(folder, 'runs/a')).toThrow(inUse);
    expect(() => claimFolder(folder, 'runs/a')).toThrow(
      new RegExp(`^runs/a is in use: process ${owner.pid} on .* since ${since}.*remove .*running.json`),
    );
    expect(folderOwner(folder)).toMatchObject({ pid: owner.pid, since });
  }
});

test('one on another host cannot be asked, and keeps it', () => {
  claimedBy({ ...owner, pid: 2 ** 22 + 1, host: 'elsewhere' });
  expect(() => claimFolder(folder, 'runs/a')).toThrow(inUse);
});

test.each([
  ['of a process that has ended', { ...owner, pid: 2 ** 22 + 1 }],
  ['that is torn', '{"pid": 1'],
  ['that is empty', ''],
  ['of nobody', { pid: -1, host: hostname(), since: '' }],
])('a claim %s is taken over', (_, content) => {
  claimedBy(content);
  expect(folderOwner(folder)).toBeUndefined();
  claimFolder(folder, 'runs/a')();
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that cannot be written to is an error that names it', () => {
  expect(() => claimFolder(join(folder, 'missing'), 'runs/a')).toThrow(
    expect.objectContaining({
      code: 'run-folder',
      message: expect.stringContaining('missing') as string,
    }) as Error,
  );
});
