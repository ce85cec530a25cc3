import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../main.js';
import { resultsOf, useRecordedRun } from '../test-support/recorded-run.js';
import { testHost } from '../test-support/test-host.js';

const recorded = useRecordedRun();
const compare = (...args: string[]) => recorded().wellfit('compare', ...args);
const changed = (from: string | RegExp, to: string) =>
  recorded().changed('experiment.json', (text) => {
    expect(text).toMatch(from);
    return text.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to);
  });

/** Runs the small experiment otherwise, in the same working folder. */
async function otherRun(...options: string[]): Promise<string> {
  const { cwd } = recorded();
  const brief = ['--no-report', '--no-models', '--quiet'];
  const host = { ...testHost(['run', 'tiny.yaml', '--out', 'others', ...brief, ...options]), cwd };
  expect([await main(host), host.err()]).toEqual([0, '']);
  return resultsOf(host);
}

test('arms of the same name are compared, paired by seed, with what differs in their specifications', async () => {
  const other = await otherRun('--seeds', '2', '--set', 'arms.l2.regularizers.l2=0.1');
  const { code, out, err } = await compare(recorded().folder, other);
  expect([code, err()]).toEqual([0, '']);
  expect(out()).toMatch(new RegExp(`^B  ${other} \\(tiny\\)$`, 'm'));
  const [base, l2] = out().split('Arm l2');
  expect(base).toContain('Arm base\nThe specifications are the same.');
  expect(base).toContain('B/base has the same lowest validation loss as A/base at each of 2 seeds.');
  expect(l2).toMatch(/^regularizers\.l2 +0\.001 +0\.1$/m);
  // Two comparisons in one family: a seventh seed is needed to tell anything.
  expect(l2).toMatch(/^B\/l2 against A\/l2: not declared, 2 seeds; /m);
  expect(l2).toMatch(/^With fewer than 7 seeds /m);
});

test('arms that paths name are compared, also of one folder', async () => {
  const { folder } = recorded();
  const { code, out } = await compare(`${folder}/base`, `${folder}/l2`, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out())).toMatchObject({
    folders: { A: `${folder}/base`, B: `${folder}/l2` },
    differences: [],
    arms: [
      {
        title: 'base, l2',
        labels: ['A/base', 'B/l2'],
        differences: [{ path: 'regularizers.l2', values: [null, 0.001] }],
        remarks: [],
        analysis: {
          baseline: 'A/base',
          comparisons: [
            { arm: 'B/l2', number: 'lowest_val_data_loss', pairs: [{ seed: 1 }, { seed: 2 }], leastSeeds: 6 },
            { number: 'peak_val_accuracy' },
            { number: 'final_val_data_loss' },
          ],
        },
      },
    ],
  });
});

test('the numbers are those of the comparison within one experiment', async () => {
  const { folder, wellfit } = recorded();
  const within = JSON.parse((await wellfit('show', folder, '--json')).out()) as Compared;
  const between = JSON.parse((await compare(`${folder}/base`, `${folder}/l2`, '--json')).out()) as {
    arms: Compared[];
  };
  const named = within.analysis.comparisons.map((one) => ({ ...one, arm: 'B/l2' }));
  expect(between.arms[0].analysis.comparisons).toEqual(named);
});

interface Compared {
  readonly analysis: { readonly comparisons: readonly object[] };
}

test.each([
  [
    'another dataset',
    '"name": "synthetic-reviews"',
    '"name": "imdb"',
    /its data is imdb, not synthetic-reviews, and losses on/,
  ],
  ['other options', '"numWords": 500', '"numWords": 501', /its data is synthetic-reviews with other options/],
  [
    'another split',
    '"validation": 32,\n        "test"',
    '"validation": 31,\n        "test"',
    /is split otherwise: 64 train, 32 validation, 1 test, there 64 train, 31/,
  ],
  [
    'other files',
    '"sha256": {}',
    '"sha256": { "reviews": "00" }',
    /the files of synthetic-reviews have other hashes/,
  ],
  [
    'another loss',
    '"loss": "auto"',
    '"loss": "mean-squared-error"',
    /its loss is mean-squared-error, not auto/,
  ],
])('losses on %s are never compared', async (_, from, to, message) => {
  const { code, out } = await compare(recorded().folder, changed(from, to));
  expect(code).toBe(1);
  expect(out()).toMatch(message);
  expect(out()).not.toMatch(/underfit|lowest|not declared/);
});

test('other numerics and backends are told', async () => {
  const other = changed('"backend": "wasm"', '"backend": "cpu"');
  const { code, out } = await compare(recorded().folder, other);
  expect(code).toBe(0);
  expect(out()).toMatch(/^backend +wasm +cpu$/m);
  expect(out()).toMatch(
    /^A\/l2 was computed by wasm, exact numerics, B\/l2 by cpu, exact numerics: they round otherwise/m,
  );
});

test('without a seed in common nothing is paired', async () => {
  const { out } = await compare(recorded().folder, await otherRun('--seeds', '7,8'));
  expect(out()).toMatch(/^A\/l2 and B\/l2 share no seed \(1, 2; 7, 8\), so there are no pairs/m);
  expect(out()).not.toMatch(/declared/);
});

test('what is interrupted is compared as far as it got; arms of one folder alone are named', async () => {
  const other = changed(/"status": "completed",\n {2}"startedAt"/, '"status": "cancelled",\n  "startedAt"');
  rmSync(join(recorded().cwd, other, 'base', '2'), { recursive: true });
  const alone = await otherRun('--arms', 'l2', '--seeds', '2');
  const { code, out } = await compare(other, alone);
  expect(code).toBe(0);
  expect(out()).toMatch(/\(tiny; interrupted; go on with: wellfit resume copy-\d+\)$/m);
  expect(out()).toMatch(/^Not compared, as no arm beside has the name: A\/base\.$/m);
});

test.each([
  ['one folder alone', () => [recorded().folder], /missing required argument 'others'/],
  [
    'the same twice',
    () => [recorded().folder, recorded().folder],
    /is given twice: its arm base is the same as itself/,
  ],
  ['no run folder', () => [recorded().folder, 'runs'], /runs is no run folder/],
  [
    'an arm that one lacks',
    () => [`${recorded().folder}/base`, changed('"base"', '"bass"')],
    /has no arm base, only bass, l2; name the one to compare: copy-\d+\/<arm>/,
  ],
  [
    'an unreadable specification',
    () => [recorded().folder, changed('"batchSize": 16', '"batchSize": 0')],
    /The specification in copy-\d+ cannot be read/,
  ],
])('refuses %s', async (_, references, message) => {
  const { code, err } = await compare(...references());
  expect(code).toBe(2);
  expect(err()).toMatch(message);
});
