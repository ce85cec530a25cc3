import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentEvent, Numerics } from '@wellfit/core';
import { firstValueFrom, from, lastValueFrom } from 'rxjs';
import { consoleReporter } from './console.js';
import { experimentRecord } from './experiment-record.js';
import { checkSameNumerics } from './numerics.js';
import { readRunFolder } from './read-run-folder.js';
import { renderReport } from './report/render-report.js';
import { runFolder } from './run-folder.js';
import { capacityArms, scriptedExperiment } from './test-support/scripted-experiment.js';
import { useHost } from './test-support/use-host.js';

const host = useHost();

function experiment(numerics: Numerics): ExperimentEvent[] {
  const [start, ...others] = scriptedExperiment({ arms: [capacityArms[0]], seeds: [7], epochs: 1 });
  if (start.type !== 'experiment:start') throw new Error('expected the start of the experiment first');
  return [{ ...start, numerics, backendDetail: '2 threads' }, ...others];
}

const record = (events: readonly ExperimentEvent[]) =>
  lastValueFrom(runFolder({}, host()).connect(from(events)), { defaultValue: undefined });

test('numerics are recorded with the experiment and each run, and read again', async () => {
  await record(experiment('fast'));
  for (const file of ['experiment.json', join('4-4', '7', 'run.json')]) {
    expect(JSON.parse(readFileSync(join(host().folder, file), 'utf8'))).toMatchObject({ numerics: 'fast' });
  }
  expect(readRunFolder(host().folder).start).toMatchObject({ numerics: 'fast', backendDetail: '2 threads' });
});

test('a run of other numerics is refused, also one of before there was a choice', async () => {
  await record(experiment('fast'));
  const run = join(host().folder, '4-4', '7', 'run.json');
  const text = readFileSync(run, 'utf8');
  for (const other of ['"numerics": "exact"', '"old": 1']) {
    writeFileSync(run, text.replace('"numerics": "fast"', other));
    expect(() => readRunFolder(host().folder)).toThrow(/exact numerics, the rest with fast/);
  }
});

test('a folder of before there was a choice is read as ever', async () => {
  await record(experiment('exact'));
  for (const file of ['experiment.json', join('4-4', '7', 'run.json')]) {
    const path = join(host().folder, file);
    const {
      numerics: _,
      backendDetail: __,
      ...old
    } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify(old));
  }
  const { start, runs } = readRunFolder(host().folder);
  expect(start?.numerics).toBeUndefined();
  expect(runs).toHaveLength(1);
});

test('runs of the stock kernels are recorded as such, and refused beside others', async () => {
  await record(experiment('stock'));
  expect(readRunFolder(host().folder).start).toMatchObject({ numerics: 'stock' });
  expect(() => checkSameNumerics('stock', 'exact', 'a run')).toThrow('Remove it from the folder');
});

test('exact and fast are never compared', () => {
  expect(() => checkSameNumerics('exact', 'exact', 'b')).not.toThrow();
  expect(() => checkSameNumerics('exact', 'fast', 'b')).toThrow(
    expect.objectContaining({ code: 'mixed-numerics' }) as Error,
  );
});

test('reports name fast numerics', async () => {
  const page = async (numerics: 'exact' | 'fast') =>
    renderReport(await firstValueFrom(from(experiment(numerics)).pipe(experimentRecord)), undefined);
  expect(await page('fast')).toContain('backend wasm, 2 threads, fast numerics');
  expect(await page('exact')).not.toContain('fast');
  await lastValueFrom(consoleReporter({}, host()).connect(from(experiment('fast'))), {
    defaultValue: undefined,
  });
  expect(host().written()).toContain('backend wasm, 2 threads, fast numerics)');
});

test('native numerics are recorded with the reason for the backend, and the report says how far they repeat', async () => {
  const [start, ...others] = experiment('native');
  if (start.type !== 'experiment:start') throw new Error('expected the start of the experiment first');
  const events = [{ ...start, backend: 'native', backendReason: 'asked for <by> name' }, ...others];
  await record(events);
  expect(readRunFolder(host().folder).start).toMatchObject({
    numerics: 'native',
    backendReason: 'asked for <by> name',
  });
  const page = await renderReport(await firstValueFrom(from(events).pipe(experimentRecord)), undefined);
  expect(page).toContain(
    'the last bits differ from those of other backends, and between versions and builds',
  );
  expect(page).toContain('<dt>why this backend</dt><dd>asked for &lt;by&gt; name</dd>');
  await lastValueFrom(consoleReporter({}, host()).connect(from(events)), { defaultValue: undefined });
  expect(host().written()).toContain('backend: asked for <by> name\n');
  expect(() => checkSameNumerics('native', 'exact', 'a run')).toThrow('Run it again with --backend native');
});
