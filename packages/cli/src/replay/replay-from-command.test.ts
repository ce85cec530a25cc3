import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../main.js';
import { resultsOf, useRecordedRun } from '../test-support/recorded-run.js';
import { testHost } from '../test-support/test-host.js';
import type { ReplayResult } from './replay-result.js';

const recorded = useRecordedRun();

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
  const before = fingerprint(join(recorded().cwd, recorded().folder));
  const { code, out, err } = await recorded().wellfit('replay', recorded().folder);
  expect([code, err()]).toEqual([0, '']);
  expect(out()).toMatch(
    /the same, bit for bit: 4 runs, 8 epochs, and the final weights of 4 runs \(backend wasm, exact numerics\)\n$/,
  );
  expect(out()).toContain('Epoch 2/2');
  expect(fingerprint(join(recorded().cwd, recorded().folder))).toEqual(before);
});

test('the folder of an arm or a run, --arms, --seed and --epochs choose', async () => {
  const replayed = async (...args: string[]) => {
    const { out, err } = await recorded().wellfit('replay', ...args, '--json');
    expect(err()).toBe('');
    return json(out()).runs.map(
      ({ arm, seed, epochs, end }) => `${arm}/${seed}:${epochs}${end ? ' end' : ''}`,
    );
  };
  expect(await replayed(join(recorded().folder, 'l2'))).toEqual(['l2/1:2 end', 'l2/2:2 end']);
  expect(await replayed(join(recorded().folder, 'base', '2'))).toEqual(['base/2:2 end']);
  expect(await replayed(recorded().folder, '--arms', 'base', '--seed', '1', '--epochs', '1')).toEqual([
    'base/1:1',
  ]);
});

test('a digest that was changed is found at its epoch, and the replay ends there', async () => {
  const folder = recorded().changed(join('l2', '1', 'events.jsonl'), otherDigest(/epoch:end.*"epoch":2/));
  const { code, out, err } = await recorded().wellfit('replay', folder, '--quiet');
  expect([code, out()]).toEqual([3, '']);
  expect(err()).toMatch(
    /^differs: l2, seed 1, epoch 2: the digest is [0-9a-f]{16}, and [0-9a-f]{16} is recorded\n/,
  );
  expect(err()).toContain('the hashes of all tensors are the same');
  expect(err()).toContain('the logged numbers are all the same');
  expect(err()).toContain('the saved model (model) has the very weights of the replay');
  const result = json((await recorded().wellfit('replay', folder, '--json')).out());
  expect(result).toMatchObject({ same: false, difference: { arm: 'l2', seed: 1, epoch: 2, weights: [] } });
  expect(result.runs.map(({ arm, seed, epochs }) => [arm, seed, epochs])).toEqual([
    ['base', 1, 2],
    ['l2', 1, 1],
  ]);
});

test('what was trained otherwise differs from the first epoch on, and the tensors are named', async () => {
  const folder = recorded().changed('experiment.json', (text) =>
    text.replace('"batchSize": 16', '"batchSize": 32'),
  );
  const { code, err } = await recorded().wellfit('replay', folder, '-q', '--arms', 'base', '--seed', '1');
  expect(code).toBe(3);
  expect(err()).toMatch(/^differs: base, seed 1, epoch 1: /);
  expect(err()).toMatch(
    /by how much cannot be said: the folder has no weights of epoch 1\..*checkpoint: \{ keep/,
  );
  expect(err()).toMatch(/the first tensor that differs: hidden_1\/kernel, then .* \(\d of 5\)\n/);
  expect(err()).toMatch(/the logged number that differs most: \w+, [\d.]+ recorded, now [\d.]+ \(/);
});

test('where the last epoch differs, the saved model says by how much', async () => {
  const host = {
    ...testHost(['run', 'tiny.yaml', '--epochs', '1', '--no-report', '-q']),
    cwd: recorded().cwd,
  };
  expect(await main(host)).toBe(0);
  const run = resultsOf(host);
  const file = join(recorded().cwd, run, 'experiment.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"batchSize": 16', '"batchSize": 32'));
  const { code, err, out } = await recorded().wellfit('replay', run, '--json', '--arms', 'base');
  expect([code, err()]).toEqual([3, '']);
  const { weights = [], weightsFrom } = json(out()).difference ?? {};
  expect(weightsFrom).toBe('model');
  expect(weights.length).toBeGreaterThan(0);
  for (const { tensor, difference, recorded, replayed } of weights) {
    expect(tensor).toMatch(/^(hidden_1|output)\/(kernel|bias)$/);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeCloseTo(Math.abs(recorded - replayed), 10);
  }

  writeFileSync(join(recorded().cwd, run, 'base', '1', 'model', 'model.json'), '{');
  const again = await recorded().wellfit('replay', run, '-q', '--arms', 'base');
  expect([again.code, again.err()]).toEqual([
    3,
    expect.stringContaining('what was saved cannot be compared: '),
  ]);
});

test('final weights that were changed are found after all epochs', async () => {
  const folder = recorded().changed(join('base', '1', 'events.jsonl'), otherDigest(/run:end/));
  const { code, err } = await recorded().wellfit('replay', join(folder, 'base', '1'), '-q');
  expect(code).toBe(3);
  expect(err()).toMatch(/^differs: base, seed 1, final weights: all epochs are the same/);
});

test('a run of before tensors had hashes is compared by its digests', async () => {
  const without = (text: string): string => text.replaceAll(/,"tensors":\{[^}]*\}/g, '');
  const events = join('base', '1', 'events.jsonl');
  const old = recorded().changed(events, without);
  expect((await recorded().wellfit('replay', join(old, 'base', '1'), '-q')).code).toBe(0);
  const other = recorded().changed(events, (text) => otherDigest(/epoch:end.*"epoch":1/)(without(text)));
  const { err } = await recorded().wellfit('replay', join(other, 'base', '1'), '-q');
  expect(err()).toContain('which tensor differs cannot be said');
});

test('of a run that was cut short, with a torn last line, what is there is compared; the rest is named', async () => {
  const folder = recorded().changed(join('base', '1', 'events.jsonl'), (text) => {
    const lines = text.split('\n');
    const second = lines.findIndex((line) => line.includes('epoch:end') && line.includes('"epoch":2'));
    return `${lines.slice(0, second).join('\n')}\n${lines[second].slice(0, 40)}`;
  });
  rmSync(join(recorded().cwd, folder, 'l2', '2', 'events.jsonl'));
  const { code, out, err } = await recorded().wellfit('replay', folder, '-q');
  expect(code).toBe(0);
  expect(out()).toMatch(/^the same, bit for bit: 3 runs, 5 epochs, and the final weights of 2 runs /);
  expect(err()).toBe(
    'note: no epoch of l2, seed 2, is recorded: it was left out\n' +
      'note: the recorded run of base, seed 1, was cut short (cancelled): 1 epoch compared\n',
  );
});

test('another backend: losses within the tolerance, and the largest difference', async () => {
  const folder = recorded().changed('experiment.json', (text) =>
    text.replace('"backend": "wasm"', '"backend": "native"'),
  );
  const { code, out, err } = await recorded().wellfit(
    'replay',
    folder,
    '-q',
    '--backend',
    'wasm',
    '--seed',
    '1',
  );
  expect([code, err()]).toEqual([0, '']);
  expect(out()).toMatch(
    /^the same within the tolerance: 2 runs, 4 epochs \(recorded on native, replayed on wasm: /,
  );
  expect(out()).toMatch(/\nlargest difference: \w*loss, .*; allowed 0\.0\d+\n$/);
  const wrong = (text: string): string => text.replace(/"val_loss":[\d.]+/, '"val_loss":0.5');
  writeFileSync(
    join(recorded().cwd, folder, 'l2', '1', 'events.jsonl'),
    wrong(readFileSync(join(recorded().cwd, folder, 'l2', '1', 'events.jsonl'), 'utf8')),
  );
  const other = await recorded().wellfit('replay', folder, '-q', '--backend', 'wasm', '--seed', '1');
  expect(other.code).toBe(3);
  expect(other.err()).toMatch(
    /^differs: l2, seed 1, epoch 1: val_loss, 0\.5 recorded, now .*more than the tolerance/,
  );
});

test('Ctrl-C ends a replay after the step in hand', async () => {
  const host = { ...testHost(['replay', recorded().folder]), cwd: recorded().cwd };
  const wait = (): void => {
    if (host.out().includes('Epoch 1/')) host.send('SIGINT');
    else setTimeout(wait, 0);
  };
  setTimeout(wait, 0);
  expect(await main(host)).toBe(130);
  expect(host.err()).toMatch(/interrupted: \d+ epochs were the same until then\n/);
  expect(host.out()).not.toContain('the same, bit for bit');
});
