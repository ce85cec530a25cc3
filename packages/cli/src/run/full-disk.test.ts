/** A real disk that gets full while runs are recorded, and has room again. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TINY } from '../test-support/command.js';
import { testHost } from '../test-support/test-host.js';

const BIN = fileURLToPath(new URL('../../bin/wellfit.js', import.meta.url));
const BUILT = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
const hasSpaces = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** Fills the disk to its last byte at the end of epoch 3 of the first run, and empties it at the end of epoch 6 of `at`. */
const FILLER = `import { appendFileSync, rmSync } from 'node:fs';
let runs = 0;
export default () => ({
  name: 'filler',
  onTrainBegin() { runs += 1; },
  onEpochEnd(epoch) {
    const file = process.env.DISK + '/filler';
    if (runs === 1 && epoch === 3) {
      for (let size = 2 ** 20; size >= 1; size /= 2) {
        try { for (;;) appendFileSync(file, Buffer.alloc(size)); } catch (error) { if (error.code !== 'ENOSPC') throw error; }
      }
    }
    if (runs === Number(process.env.FREED) && epoch === 6) rmSync(file);
  },
});`;

// A small disk of its own, which nobody else sees and which goes with the process.
const SCRIPT = `mount -t tmpfs -o size=2m tmpfs "$DISK"
"$1" "$2" run tiny.yaml --out "$DISK/runs" --seeds 1 --epochs 12 --no-report --no-models --jobs 1 --reporter console 2>&1
echo "code $?"
rm -f "$DISK/filler"
tail -n 1 "$DISK"/runs/*/base/1/events.jsonl
cat "$DISK"/runs/*/base/1/events.jsonl | wc -l
"$1" "$2" show "$DISK"/runs/* --json`;

const run = (freed: number): string => {
  const host = testHost();
  mkdirSync(join(host.cwd, 'disk'));
  host.write('filler.mjs', FILLER);
  host.write('tiny.yaml', `plugins: [./filler.mjs]\ncallbacks: { filler: true }\n${TINY}`);
  const env = { ...process.env, DISK: join(host.cwd, 'disk'), FREED: String(freed) };
  const args = ['-rm', 'sh', '-c', SCRIPT, 'sh', process.execPath, BIN];
  return spawnSync('unshare', args, { encoding: 'utf8', cwd: host.cwd, env }).stdout;
};

const onDisk = hasSpaces && existsSync(BUILT) ? test : test.skip;

onDisk.each([
  ['the same run', 1],
  ['the next run', 2],
])(
  'room again in %s: all is recorded, with one warning',
  (_, freed) => {
    const out = run(freed);
    const warnings = out.match(/^.*events\.jsonl: the disk is full.*$/gm) ?? [];
    expect(warnings.filter((line) => line.startsWith('warning') || line.startsWith('Warning'))).toHaveLength(
      1,
    );
    expect(out).toMatch(/^code 0$/m);
    const shown = JSON.parse(out.slice(out.indexOf('\n{\n'))) as {
      state: string;
      runs: { epochs: number }[];
    };
    expect([shown.state, shown.runs.map(({ epochs }) => epochs)]).toEqual(['completed', [12, 12]]);
    // A start, twice twelve epochs, two ends: none is missing, none came twice.
    expect(out).toMatch(/^27$/m);
  },
  60_000,
);

onDisk(
  'no room to the end: what is there can be read and gone on with',
  () => {
    const out = run(9);
    expect(out).toMatch(/^error: the reporter run-folder failed.*the disk is full/m);
    expect(out).toMatch(/^code 1$/m);
    // The line that did not fit was cut off.
    expect(out).not.toMatch(/^\{"type":.*[^}]$/m);
    const shown = JSON.parse(out.slice(out.indexOf('\n{\n'))) as {
      state: string;
      runs: { epochs: number }[];
    };
    // What was left of a block of the disk took a line or two more.
    expect([shown.state, shown.runs.length]).toEqual(['interrupted', 1]);
    expect([2, 3, 4, 5]).toContain(shown.runs[0].epochs);
  },
  60_000,
);
