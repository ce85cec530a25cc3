import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../main.js';
import { TINY } from '../test-support/command.js';
import { testHost, type TestHost } from '../test-support/test-host.js';
import type { ReplayResult } from './replay-result.js';

let cwd: string;
/** A run folder of two arms and two seeds. */
let original: string;
let copies = 0;

async function wellfit(...args: string[]): Promise<TestHost & { readonly code: number }> {
  const host = { ...testHost(args), cwd };
  return { ...host, code: await main(host) };
}

beforeAll(async () => {
  const host = testHost(['run', 'tiny.yaml', '--seeds', '2', '--no-report', '--quiet']);
  host.write('tiny.yaml', TINY);
  expect([await main(host), host.err()]).toEqual([0, '']);
  ({ cwd } = host);
  original = /^results: (.*)$/m.exec(host.out())?.[1] ?? '';
});

/** A copy of the run folder with a file changed. */
function changed(file: string, change: (text: string) => string): string {
  const copy = `copy-${(copies += 1)}`;
  cpSync(join(cwd, original), join(cwd, copy), { recursive: true });
  const path = join(cwd, copy, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return copy;
}

function fingerprint(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => {
      const sha = createHash('sha256').update(readFileSync(path)).digest('hex');
      return `${path} ${statSync(path).mtimeMs} ${sha}`;
    });
}

const json = (out: string): ReplayResult => JSON.parse(out) as ReplayResult;
/** Changes a digit of the digest of an event, told by its beginning. */
const otherDigest = (start: RegExp) => (text: string) =>
  text
    .split('\n')
    .map((line) =>
      start.test(line) ? line.replace(/"digest":"(.)/, (_, d) => `"digest":"${d === '0' ? '1' : '0'}`) : line,
    )
    .join('\n');

test('all is the same, and nothing is written into the folder', async () => {
  const before = fingerprint(join(cwd, original));
  const { code, out, err } = await wellfit('replay', original);
  expect([code, err()]).toEqual([0, '']);
  expect(out()).toMatch(
    /the same, bit for bit: 4 runs, 8 epochs, and the final weights of 4 runs \(backend wasm, exact numerics\)\n$/,
  );
  expect(out()).toContain('Epoch 2/2');
  expect(fingerprint(join(cwd, original))).toEqual(before);
});

test('the folder of an arm or a run, --arms, --seed and --epochs choose', async () => {
  const replayed = async (...args: string[]) => {
    const { out, err } = await wellfit('replay', ...args, '--json');
    expect(err()).toBe('');
    return json(out()).runs.map(
      ({ arm, seed, epochs, end }) => `${arm}/${seed}:${epochs}${end ? ' end' : ''}`,
    );
  };
  expect(await replayed(join(original, 'l2'))).toEqual(['l2/1:2 end', 'l2/2:2 end']);
  expect(await replayed(join(original, 'base', '2'))).toEqual(['base/2:2 end']);
  expect(await replayed(original, '--arms', 'base', '--seed', '1', '--epochs', '1')).toEqual(['base/1:1']);
});

test('a digest that was changed is found at its epoch, and the replay ends there', async () => {
  const folder = changed(join('l2', '1', 'events.jsonl'), otherDigest(/epoch:end.*"epoch":2/));
  const { code, out, err } = await wellfit('replay', folder, '--quiet');
  expect([code, out()]).toEqual([3, '']);
  expect(err()).toMatch(
    /^differs: l2, seed 1, epoch 2: the digest is [0-9a-f]{16}, and [0-9a-f]{16} is recorded\n/,
  );
  expect(err()).toContain('the hashes of all tensors are the same');
  expect(err()).toContain('the logged numbers are all the same');
  expect(err()).toContain('the saved model has the very weights of the replay');
  const result = json((await wellfit('replay', folder, '--json')).out());
  expect(result).toMatchObject({ same: false, difference: { arm: 'l2', seed: 1, epoch: 2, weights: null } });
  expect(result.runs.map(({ arm, seed, epochs }) => [arm, seed, epochs])).toEqual([
    ['base', 1, 2],
    ['l2', 1, 1],
  ]);
});

test('what was trained otherwise differs from the first epoch on, and the tensors are named', async () => {
  const folder = changed('experiment.json', (text) => text.replace('"batchSize": 16', '"batchSize": 32'));
  const { code, err } = await wellfit('replay', folder, '-q', '--arms', 'base', '--seed', '1');
  expect(code).toBe(3);
  expect(err()).toMatch(/^differs: base, seed 1, epoch 1: /);
  expect(err()).toMatch(/the first tensor that differs: hidden_1\/kernel, then .* \(\d of 5\)\n/);
  expect(err()).toMatch(/the logged number that differs most: \w+, [\d.]+ recorded, now [\d.]+ \(/);
});

test('where the last epoch differs, the saved model says by how much', async () => {
  const host = { ...testHost(['run', 'tiny.yaml', '--epochs', '1', '--no-report', '-q']), cwd };
  expect(await main(host)).toBe(0);
  const run = /^results: (.*)$/m.exec(host.out())?.[1] ?? '';
  const file = join(cwd, run, 'experiment.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"batchSize": 16', '"batchSize": 32'));
  const { code, err, out } = await wellfit('replay', run, '--json', '--arms', 'base');
  expect([code, err()]).toEqual([3, '']);
  const weights = json(out()).difference?.weights;
  expect(weights?.tensor).toMatch(/^(hidden_1|output)\/(kernel|bias)$/);
  expect(weights?.difference).toBeGreaterThan(0);
  expect(weights?.difference).toBeCloseTo(Math.abs((weights?.recorded ?? 0) - (weights?.replayed ?? 0)), 10);

  writeFileSync(join(cwd, run, 'base', '1', 'model', 'model.json'), '{');
  const again = await wellfit('replay', run, '-q', '--arms', 'base');
  expect([again.code, again.err()]).toEqual([
    3,
    expect.stringContaining('the saved model cannot be compared: '),
  ]);
});

test('final weights that were changed are found after all epochs', async () => {
  const folder = changed(join('base', '1', 'events.jsonl'), otherDigest(/run:end/));
  const { code, err } = await wellfit('replay', join(folder, 'base', '1'), '-q');
  expect(code).toBe(3);
  expect(err()).toMatch(/^differs: base, seed 1, final weights: all epochs are the same/);
});

test('a run of before tensors had hashes is compared by its digests', async () => {
  const without = (text: string): string => text.replaceAll(/,"tensors":\{[^}]*\}/g, '');
  const events = join('base', '1', 'events.jsonl');
  const old = changed(events, without);
  expect((await wellfit('replay', join(old, 'base', '1'), '-q')).code).toBe(0);
  const other = changed(events, (text) => otherDigest(/epoch:end.*"epoch":1/)(without(text)));
  const { err } = await wellfit('replay', join(other, 'base', '1'), '-q');
  expect(err()).toContain('which tensor differs cannot be said');
});

test('of a run that was cut short, with a torn last line, what is there is compared; the rest is named', async () => {
  const folder = changed(join('base', '1', 'events.jsonl'), (text) => {
    const lines = text.split('\n');
    const second = lines.findIndex((line) => line.includes('epoch:end') && line.includes('"epoch":2'));
    return `${lines.slice(0, second).join('\n')}\n${lines[second].slice(0, 40)}`;
  });
  rmSync(join(cwd, folder, 'l2', '2', 'events.jsonl'));
  const { code, out, err } = await wellfit('replay', folder, '-q');
  expect(code).toBe(0);
  expect(out()).toMatch(/^the same, bit for bit: 3 runs, 5 epochs, and the final weights of 2 runs /);
  expect(err()).toBe(
    'note: no epoch of l2, seed 2, is recorded: it was left out\n' +
      'note: the recorded run of base, seed 1, was cut short (cancelled): 1 epoch compared\n',
  );
});

test('another backend: losses within the tolerance, and the largest difference', async () => {
  const folder = changed('experiment.json', (text) =>
    text.replace('"backend": "wasm"', '"backend": "native"'),
  );
  const { code, out, err } = await wellfit('replay', folder, '-q', '--backend', 'wasm', '--seed', '1');
  expect([code, err()]).toEqual([0, '']);
  expect(out()).toMatch(
    /^the same within the tolerance: 2 runs, 4 epochs \(recorded on native, replayed on wasm: /,
  );
  expect(out()).toMatch(/\nlargest difference: \w*loss, .*; allowed 0\.0\d+\n$/);
  const wrong = (text: string): string => text.replace(/"val_loss":[\d.]+/, '"val_loss":0.5');
  writeFileSync(
    join(cwd, folder, 'l2', '1', 'events.jsonl'),
    wrong(readFileSync(join(cwd, folder, 'l2', '1', 'events.jsonl'), 'utf8')),
  );
  const other = await wellfit('replay', folder, '-q', '--backend', 'wasm', '--seed', '1');
  expect(other.code).toBe(3);
  expect(other.err()).toMatch(
    /^differs: l2, seed 1, epoch 1: val_loss, 0\.5 recorded, now .*more than the tolerance/,
  );
});

test.each(['fast', 'stock'])(
  '%s numerics are not compared with the exact ones that run here',
  async (numerics) => {
    const folder = changed('experiment.json', (text) =>
      text.replace('"numerics": "exact",\n  "versions"', `"numerics": "${numerics}",\n  "versions"`),
    );
    for (const run of ['base/1', 'base/2', 'l2/1', 'l2/2']) {
      const file = join(cwd, folder, run, 'run.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"exact"', `"${numerics}"`));
    }
    const { code, out, err } = await wellfit('replay', folder);
    expect([code, out()]).toEqual([1, '']);
    expect(err()).toMatch(
      new RegExp(`^error: The run was recorded with ${numerics} numerics, and here wasm computes with exact`),
    );
  },
);

test('Ctrl-C ends a replay after the step in hand', async () => {
  const host = { ...testHost(['replay', original]), cwd };
  const wait = (): void => {
    if (host.out().includes('Epoch 1/')) host.send('SIGINT');
    else setTimeout(wait, 0);
  };
  setTimeout(wait, 0);
  expect(await main(host)).toBe(130);
  expect(host.err()).toMatch(/interrupted: \d+ epochs were the same until then\n/);
  expect(host.out()).not.toContain('the same, bit for bit');
});

describe('a record that cannot be replayed: what to do is said, without a stack', () => {
  const cut = (text: string): string =>
    text
      .split('\n')
      .filter((line) => !line.includes('"epoch":1'))
      .join('\n');
  test.each([
    [
      'nothing there',
      2,
      () => 'no-such-run',
      /There is no no-such-run\. Give a folder that `wellfit run` made/,
    ],
    ['a file', 2, () => 'tiny.yaml', /tiny\.yaml is no run folder and lies in none/],
    [
      'the folder of all runs',
      2,
      () => 'runs',
      /is no run folder .*; it holds run folders, choose one: runs\/tiny-/,
    ],
    ['an arm that is not there', 2, () => `${original} --arms bse`, /no arm bse in .*; it has base, l2/],
    [
      'a newer version',
      1,
      () => changed('experiment.json', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2')),
      /a newer wellfit wrote it\. Update wellfit/,
    ],
    [
      'no experiment.json',
      2,
      () => {
        const folder = changed('experiment.json', (text) => text);
        rmSync(join(cwd, folder, 'experiment.json'));
        return folder;
      },
      /there is no experiment\.json/,
    ],
    [
      'no events at all',
      2,
      () => {
        const folder = changed('experiment.json', (text) => text);
        for (const arm of ['base', 'l2']) rmSync(join(cwd, folder, arm), { recursive: true });
        return folder;
      },
      /holds no finished epoch of the runs asked for/,
    ],
    [
      'a missing line',
      2,
      () => changed(join('base', '1', 'events.jsonl'), cut),
      /The record of base, seed 1, in copy-\d+ has no epoch 1 where it should stand: its events\.jsonl is damaged/,
    ],
    [
      'a specification with an unknown key',
      2,
      () => changed('experiment.json', (text) => text.replace('"batchSize"', '"batchSizes"')),
      /The specification in .*experiment\.json cannot be planned again: .*batchSizes/s,
    ],
    [
      'a specification without an arm that was run',
      2,
      () =>
        changed('experiment.json', (text) =>
          text.replace(/"l2": \{\s*"regularizers"/, '"other": { "regularizers"'),
        ),
      /cannot be planned again: It has no arm l2/,
    ],
    [
      'a backend that does not exist',
      1,
      () => changed('experiment.json', (text) => text.replace('"backend": "wasm"', '"backend": "gpu"')),
      /The backend gpu cannot run here.*a replay on another backend \(--backend\) compares losses/,
    ],
    ['no epochs', 2, () => `${original} --epochs 0`, /It must be a whole number from 1/],
  ])('%s', async (_, expected, reference, message) => {
    const { code, out, err } = await wellfit('replay', ...reference().split(' '));
    expect(err()).toMatch(message);
    expect([code, out()]).toEqual([expected, '']);
    expect(err()).not.toMatch(/\n\s+at /);
  });
});

test('other data is refused before anything is trained, by the name of the file', async () => {
  const plugin = (hash: string): string => `export default () => ({ name: 'mine', async load(context) {
    const data = await globalThis.wellfitTestData(context);
    return Object.assign(Object.create(data), { name: 'mine', provenance: { ...data.provenance, sha256: { 'a.bin': '${hash}' } } });
  } })`;
  const { syntheticReviews } = await import('@wellfit/datasets');
  Object.assign(globalThis, {
    wellfitTestData: (context: object) =>
      syntheticReviews({ train: 64, validation: 32, test: 1 }).load(context),
  });
  mkdirSync(join(cwd, 'other'));
  writeFileSync(join(cwd, 'mine.mjs'), plugin('aa'));
  writeFileSync(join(cwd, 'other', 'mine.mjs'), plugin('bb'));
  const experiment = TINY.replace(/dataset: .*/, 'dataset: mine');
  writeFileSync(join(cwd, 'mine.yaml'), `plugins: [./mine.mjs]\n${experiment}`);
  const { code, out, err } = await wellfit('run', 'mine.yaml', '-q', '--no-report');
  expect([code, err()]).toEqual([0, '']);
  const run = /^results: (.*)$/m.exec(out())?.[1] ?? '';
  expect((await wellfit('replay', run, '-q')).code).toBe(0);

  const elsewhere = { ...testHost(['replay', join('..', run)]), cwd: join(cwd, 'other') };
  expect(await main(elsewhere)).toBe(1);
  expect(elsewhere.err()).toMatch(
    /^error: The data of mine is not that of the recorded run: a\.bin has SHA-256 bb/,
  );
  expect(elsewhere.out()).not.toContain('Epoch 1/');
});
