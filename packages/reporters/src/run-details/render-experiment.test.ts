import { stripVTControlCharacters } from 'node:util';
import { firstValueFrom, from } from 'rxjs';
import stringWidth from 'string-width';
import { experimentRecord, type ExperimentRecord } from '../experiment-record.js';
import {
  capacityArms,
  scriptedDigest,
  scriptedExperiment,
  type Script,
} from '../test-support/scripted-experiment.js';
import { renderExperiment, type DetailLook } from './render-experiment.js';

const recordOf = (script: Script = {}): Promise<ExperimentRecord> =>
  firstValueFrom(from(scriptedExperiment(script)).pipe(experimentRecord));
const pipe: DetailLook = { width: Infinity, color: false };
const show = (record: ExperimentRecord, look = pipe): string =>
  renderExperiment(
    record,
    {
      folder: 'runs/x',
      state: 'completed',
      runs: record.runs,
      missing: [{ arm: '512-512', seed: 3 }],
      modelOf: ({ arm, seed }) => (arm === '4-4' ? `${arm}/${seed}/model` : undefined),
    },
    look,
  );

test('tells what was run, by what, on which data, and what came of it', async () => {
  const text = show(await recordOf());
  for (const line of [
    /^imdb-capacity$/m,
    /^about +Does a larger network fit the reviews better\?$/m,
    /^size +3 arms × 2 seeds: 1, 2$/m,
    /^started +2026-11-20 09:30 UTC, took 2:41$/m,
    /^backend +wasm$/m,
    /^numerics +Exact numerics: /m,
    /^versions +wellfit 0\.1\.0, node 20\.20\.2/m,
    /^dataset +imdb, numWords 10000$/m,
    /^training +epochs 20, batchSize 512$/m,
    /^16-16 +overfit +160,305 /m,
    /^16-16: overfit\. Validation loss was lowest/m,
    /^4-4 +1 +completed +20\/20 +26s +[0-9a-f]{16} +4-4\/1\/model +reached 20 epochs$/m,
    /^512-512 +3 +not begun$/m,
  ]) {
    expect(text).toMatch(line);
  }
  expect(text).toContain(`SHA-256 of imdb.npz ${scriptedDigest('imdb.npz')}`);
});

test('tells what arms change of the base configuration', async () => {
  const record = await recordOf();
  if (!record.start) throw new Error('a script begins with its start');
  const spec = {
    model: { name: 'mlp', units: [16, 16] },
    arms: { base: null, l2: { regularizers: { l2: 0.001 }, model: { units: [4] } } },
  };
  const text = show({ ...record, start: { ...record.start, spec } });
  expect(text).toMatch(/^model +mlp, units \[16,16\]$/m);
  expect(text).toMatch(/^arm base +the base configuration$/m);
  expect(text).toMatch(/^arm l2 +regularizers\.l2 0\.001, model\.units \[4\]$/m);
});

test.each([100, 60, 40, 20])('keeps to %d columns, in colors too', async (width) => {
  const text = stripVTControlCharacters(show(await recordOf(), { width, color: true }));
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
});

test('of an experiment that broke off it shows the analysis that it is given', async () => {
  const { end, ...record } = await recordOf({ arms: [capacityArms[0]] });
  const details = {
    folder: 'x',
    state: 'interrupted',
    runs: record.runs,
    missing: [],
    modelOf: () => undefined,
  };
  expect(renderExperiment(record, { ...details, analysis: end?.analysis }, pipe)).toMatch(/^4-4 +good fit/m);
  expect(renderExperiment(record, details, pipe)).not.toContain('good fit');
});

test('nothing in it can steer the terminal', async () => {
  const evil = '\u001b]0;title\u0007\u009b2J\r';
  const record = await recordOf({ description: evil, arms: [{ ...capacityArms[0], name: `a${evil}` }] });
  if (!record.start) throw new Error('a script begins with its start');
  const start = {
    ...record.start,
    name: evil,
    startedAt: evil,
    backend: evil,
    versions: { [evil]: evil },
    spec: { model: { [evil]: evil } },
  };
  const warnings = [{ type: 'warning', from: evil, message: evil } as const];
  expect(show({ ...record, start, warnings })).not.toMatch(/[^\P{Cc}\n]/u);
});
