import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExperimentAnalysis, Json } from '@wellfit/core';
import { main, processHost } from 'wellfit';
import { experimentsOnData, shortened, type PrintedSpec } from './stand-ins.js';

let cwd = '';
/** Made once: each one listens to the outputs of the process. */
const base = processHost();
beforeAll(() => (cwd = mkdtempSync(join(tmpdir(), 'wellfit-builtin-'))));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function wellfit(...argv: string[]): Promise<string> {
  const out: string[] = [];
  const err: string[] = [];
  const host = {
    ...base,
    ...{ argv, cwd, finish: (code: number) => Promise.resolve(code) },
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
  };
  const code = await main(host);
  expect([code, err.join('')]).toEqual([0, '']);
  return out.join('');
}

test.each(experimentsOnData)(
  '%s runs on generated data, with a verdict for each arm and models that can be evaluated',
  async (name) => {
    const spec = JSON.parse(await wellfit('print-config', name, '--json')) as PrintedSpec;
    const printed = await wellfit(
      'run',
      name,
      ...shortened(spec),
      '--quiet',
      '--no-report',
      '--backend',
      'wasm',
    );
    const folder = /^results: (.*)$/m.exec(printed)?.[1] ?? '';
    const record = JSON.parse(readFileSync(join(cwd, folder, 'experiment.json'), 'utf8')) as {
      readonly analysis: ExperimentAnalysis;
      readonly warnings: readonly Json[];
    };
    const arms = Object.keys(spec.arms);
    expect(record.warnings).toEqual([]);
    expect(record.analysis.arms.map(({ arm }) => arm)).toEqual(arms);

    const evaluated = JSON.parse(
      await wellfit('evaluate', folder, '--split', 'validation', '--json', '--backend', 'wasm'),
    ) as {
      readonly run: { readonly arm: string };
      readonly logs: { readonly data_loss: number };
    }[];
    expect(evaluated.map(({ run }) => run.arm)).toEqual(arms);
    for (const { run, logs } of evaluated) {
      const { numbers } = record.analysis.arms.find(({ arm }) => arm === run.arm)!;
      expect(logs.data_loss).toBeCloseTo(numbers.final_val_data_loss.mean, 5);
    }
  },
);
