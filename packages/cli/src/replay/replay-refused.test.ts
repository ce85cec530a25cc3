import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../main.js';
import { TINY } from '../test-support/command.js';
import { resultsOf, useRecordedRun } from '../test-support/recorded-run.js';
import { testHost } from '../test-support/test-host.js';

const recorded = useRecordedRun();

test.each(['fast', 'stock'])(
  '%s numerics are not compared with the exact ones that run here',
  async (numerics) => {
    const folder = recorded().changed('experiment.json', (text) =>
      text.replace('"numerics": "exact",\n  "versions"', `"numerics": "${numerics}",\n  "versions"`),
    );
    for (const run of ['base/1', 'base/2', 'l2/1', 'l2/2']) {
      const file = join(recorded().cwd, folder, run, 'run.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"exact"', `"${numerics}"`));
    }
    const { code, out, err } = await recorded().wellfit('replay', folder);
    expect([code, out()]).toEqual([1, '']);
    expect(err()).toMatch(
      new RegExp(`^error: The run was recorded with ${numerics} numerics, and here wasm computes with exact`),
    );
  },
);

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
    [
      'an arm that is not there',
      2,
      () => `${recorded().folder} --arms bse`,
      /no arm bse in .*; it has base, l2/,
    ],
    [
      'a newer version',
      1,
      () =>
        recorded().changed('experiment.json', (text) =>
          text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
        ),
      /a newer wellfit wrote it\. Update wellfit/,
    ],
    [
      'no experiment.json',
      2,
      () => {
        const folder = recorded().changed('experiment.json', (text) => text);
        rmSync(join(recorded().cwd, folder, 'experiment.json'));
        return folder;
      },
      /there is no experiment\.json/,
    ],
    [
      'no events at all',
      2,
      () => {
        const folder = recorded().changed('experiment.json', (text) => text);
        for (const arm of ['base', 'l2']) rmSync(join(recorded().cwd, folder, arm), { recursive: true });
        return folder;
      },
      /holds no finished epoch of the runs asked for/,
    ],
    [
      'a missing line',
      2,
      () => recorded().changed(join('base', '1', 'events.jsonl'), cut),
      /The record of base, seed 1, in copy-\d+ has no epoch 1 where it should stand: its events\.jsonl is damaged/,
    ],
    [
      'a specification with an unknown key',
      2,
      () => recorded().changed('experiment.json', (text) => text.replace('"batchSize"', '"batchSizes"')),
      /The specification in .*experiment\.json cannot be planned again: .*batchSizes/s,
    ],
    [
      'a specification without an arm that was run',
      2,
      () =>
        recorded().changed('experiment.json', (text) =>
          text.replace(/"l2": \{\s*"regularizers"/, '"other": { "regularizers"'),
        ),
      /experiment\.json has no arm l2, of which there are runs/,
    ],
    [
      'a backend that does not exist',
      1,
      () =>
        recorded().changed('experiment.json', (text) =>
          text.replace('"backend": "wasm"', '"backend": "gpu"'),
        ),
      /The backend gpu cannot run here.*a replay on another backend \(--backend\) compares losses/,
    ],
    ['no epochs', 2, () => `${recorded().folder} --epochs 0`, /It must be a whole number from 1/],
  ])('%s', async (_, expected, reference, message) => {
    const { code, out, err } = await recorded().wellfit('replay', ...reference().split(' '));
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
  mkdirSync(join(recorded().cwd, 'other'));
  writeFileSync(join(recorded().cwd, 'mine.mjs'), plugin('aa'));
  writeFileSync(join(recorded().cwd, 'other', 'mine.mjs'), plugin('bb'));
  const experiment = TINY.replace(/dataset: .*/, 'dataset: mine');
  writeFileSync(join(recorded().cwd, 'mine.yaml'), `plugins: [./mine.mjs]\n${experiment}`);
  const trained = await recorded().wellfit('run', 'mine.yaml', '-q', '--no-report');
  expect([trained.code, trained.err()]).toEqual([0, '']);
  const run = resultsOf(trained);
  expect((await recorded().wellfit('replay', run, '-q')).code).toBe(0);

  // Its plugin is found where it was, from wherever the replay is started.
  const elsewhere = { ...testHost(['replay', join('..', run), '-q']), cwd: join(recorded().cwd, 'other') };
  expect(await main(elsewhere)).toBe(0);

  const file = join(recorded().cwd, run, 'experiment.json');
  const moved = { pluginFolders: [join(recorded().cwd, 'other')] };
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...moved }));
  const other = await recorded().wellfit('replay', run);
  expect(other.code).toBe(1);
  expect(other.err()).toMatch(
    /^error: The data of mine is not that of the recorded run: a\.bin has SHA-256 bb/,
  );
  expect(other.out()).not.toContain('Epoch 1/');
});
