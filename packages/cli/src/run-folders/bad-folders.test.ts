/** What the commands over run folders do where the file system or the files are in their way. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useRecordedRun } from '../test-support/recorded-run.js';

const recorded = useRecordedRun();
const BIN = fileURLToPath(new URL('../../bin/wellfit.js', import.meta.url));
const BUILT = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
const at = (...parts: string[]) => join(recorded().cwd, ...parts);
const copy = () => recorded().changed('experiment.json', (text) => text);

/** A device on which no byte has room. */
const FULL = '/dev/full';
const onFull = existsSync(FULL) ? test : test.skip;

onFull.each(['report.html', 'curves.svg'])('report on a full disk says so: %s', async (name) => {
  const folder = copy();
  symlinkSync(FULL, at(folder, name));
  const { code, err } = await recorded().wellfit('report', folder);
  expect(code).toBe(1);
  expect(err()).toMatch(new RegExp(`Could not write \\S*/${name}: the disk is full; free some space`));
});

const DISK = `
mount -t tmpfs -o size=2m tmpfs "$1"
cp -r "$2" "$1/run"
head -c 4m /dev/zero > "$1/filler" 2> /dev/null
truncate -s -12k "$1/filler"
resume() { "$3" "$4" resume "$1/run" --quiet --no-report --no-models --jobs 1 2>&1; echo "code $?"; }
resume "$@"
"$3" "$4" show "$1/run" | grep ^state
rm "$1/filler"
resume "$@"
"$3" "$4" show "$1/run" | grep ^state
cat "$1/run/l2/2/events.jsonl"
`;
const hasSpaces = spawnSync('unshare', ['-rm', 'true']).status === 0;

// A small disk of its own, which nobody else sees and which goes with the process.
(hasSpaces && existsSync(BUILT) ? test : test.skip)(
  'a disk that gets full while a run is recorded: resuming brings what was lost',
  () => {
    const folder = copy();
    const digestOf = (text: string) => /"type":"run:end".*"digest":"(\w+)"/.exec(text)?.[1];
    const digest = digestOf(readFileSync(at(folder, 'l2/2/events.jsonl'), 'utf8'));
    rmSync(at(folder, 'l2', '2'), { recursive: true });
    mkdirSync(at('disk'));
    const args = ['-rm', 'sh', '-c', DISK, 'sh', at('disk'), at(folder), process.execPath, BIN];
    const { stdout } = spawnSync('unshare', args, { encoding: 'utf8', cwd: recorded().cwd });
    const [full, freed] = stdout.split(/^code \d+$/m);
    expect(stdout.match(/^code \d+$/gm)).toEqual(['code 1', 'code 0']);
    expect(full).toMatch(/^error: the reporter run-folder failed.*experiment\.json: the disk is full/m);
    expect(freed).toMatch(/^state +interrupted; go on with/m);
    expect(stdout).toMatch(/^state +completed$/m);
    expect(digestOf(stdout)).toBe(digest);
  },
  60_000,
);

test('a torn last line of events is passed over by every command', async () => {
  const folder = copy();
  appendFileSync(at(folder, 'base/1/events.jsonl'), '{"type":"epoch:end","ep');
  for (const args of [
    ['show', folder],
    ['show', `${folder}/base/1`],
    ['compare', recorded().folder, folder],
  ]) {
    const { code, err } = await recorded().wellfit(...args);
    expect([args[0], code, err()]).toEqual([args[0], 0, '']);
  }
});

test.each([
  [
    'a newer schema version',
    '"schemaVersion": 1',
    '"schemaVersion": 2',
    /a newer wellfit wrote it\. Update wellfit/,
  ],
  ['an older schema version', '"schemaVersion": 1', '"schemaVersion": 0', /has a wrong schemaVersion/],
  ['arms that lead elsewhere', '"l2"', '"../../l2"', /"\.\.\/\.\.\/l2" cannot be a folder's name/],
  [
    'more runs than can be looked for',
    /"seeds": \[[^\]]*\]/,
    `"seeds": [${[...Array(60_000).keys()].join(',')}]`,
    /plans 2 × 60000 runs, more than/,
  ],
])('%s: an error that says what to do', async (_, from, to, message) => {
  const folder = recorded().changed('experiment.json', (text) =>
    text.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to),
  );
  for (const args of [
    ['show', folder],
    ['compare', recorded().folder, folder],
    ['report', folder],
  ]) {
    const { code, err } = await recorded().wellfit(...args);
    expect(code).toBe(1);
    expect(err()).toMatch(message);
    expect(err()).not.toContain('bug');
  }
});

test('a name in a file cannot steer the terminal through any command', async () => {
  const folder = recorded().changed('experiment.json', (text) =>
    text.replace('"name": "tiny"', '"name": "\\u001b[2J\\u0007x"').replace('"node": "', '"node": "\\u009b2J'),
  );
  mkdirSync(at('hostile'));
  cpSync(at(folder), at('hostile', 'a\u001b[2Jb'), { recursive: true });
  const shown = [
    await recorded().wellfit('show', folder),
    await recorded().wellfit('compare', recorded().folder, folder),
    await recorded().wellfit('runs', 'hostile'),
    await recorded().wellfit('runs', 'hostile/a\u001b[2Jb'),
  ];
  for (const { out, err } of shown) {
    expect(out() + err()).not.toBe('');
    expect(out() + err()).not.toMatch(/[^\P{Cc}\n]/u);
  }
});

test('a pipe in place of a file is no reason to wait', async () => {
  const folder = copy();
  for (const name of ['base/1/events.jsonl', 'base/1/run.json']) {
    rmSync(at(folder, name));
    execFileSync('mkfifo', [at(folder, name)]);
  }
  const { code, err } = await recorded().wellfit('show', folder);
  expect(code).toBe(1);
  expect(err()).toMatch(/run\.json is no file/);
  rmSync(at(folder, 'experiment.json'));
  execFileSync('mkfifo', [at(folder, 'experiment.json')]);
  expect((await recorded().wellfit('show', folder)).err()).toMatch(/experiment\.json is no file/);
});

/** Root may read everything: its tests run the built command as the user `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const asUser = (...args: string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', cwd: '/', ...user });
const isPossible = process.platform !== 'win32' && asUser('--version').status === 0;

(isPossible ? test : test.skip)(
  'without permission: named where it is one of many, an error where it is asked for',
  () => {
    const root = mkdtempSync(join(tmpdir(), 'wellfit-locked-'));
    try {
      chmodSync(root, 0o755);
      for (const name of ['open', 'locked'])
        cpSync(at(recorded().folder), join(root, name), { recursive: true });
      if (user.uid !== undefined) execFileSync('chown', ['-R', `${user.uid}`, root]);
      chmodSync(join(root, 'locked'), 0);
      const listed = asUser('runs', root);
      expect([listed.status, listed.stderr]).toEqual([0, 'note: locked is not listed: permission denied\n']);
      expect(listed.stdout).toMatch(/^open +/m);
      const shown = asUser('show', join(root, 'locked'));
      expect(shown.status).not.toBe(0);
      expect(shown.stderr).toMatch(/^error: .*locked/);
      expect(shown.stderr).not.toContain('bug');

      chmodSync(join(root, 'open'), 0o555);
      const report = asUser('report', join(root, 'open'));
      expect(report.status).toBe(1);
      expect(report.stderr).toMatch(/Could not write \S*report\.html: permission denied; choose a path/);
      chmodSync(root, 0);
      expect(asUser('runs', root).stderr).toMatch(
        /^error: No runs can be listed in \S+: permission denied\.$/m,
      );
    } finally {
      chmodSync(root, 0o755);
      rmSync(root, { recursive: true, force: true });
    }
  },
  60_000,
);

test('an empty file in place of experiment.json', async () => {
  const folder = copy();
  writeFileSync(at(folder, 'experiment.json'), '');
  const { code, err } = await recorded().wellfit('show', folder);
  expect(code).toBe(1);
  expect(err()).toMatch(/experiment\.json is not JSON/);
});
