import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExperimentAnalysis, Json } from '@wellfit/core';
import { main, processHost } from 'wellfit';

/** Generated data that takes the same options as the real one. */
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  imdb: ['name=synthetic-reviews', 'train=0.02', 'test=60'],
  mnist: ['name=synthetic-digits', 'trainRows=200', 'testRows=60'],
  cifar10: ['name=synthetic-images', 'trainRows=60', 'testRows=40'],
};

interface Spec {
  readonly dataset: { readonly name: string };
  readonly arms: Readonly<Record<string, { readonly dataset?: { readonly name?: string } } | null>>;
}

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

/** `--set` options that put generated data in the place of the real one, in the base and in every arm. */
function standIns({ dataset, arms }: Spec): string[] {
  const own = Object.entries(arms).flatMap(([arm, patch]) => {
    const name = patch?.dataset?.name;
    return name === undefined ? [] : [[`arms.${arm}.dataset`, name] as const];
  });
  return [['dataset', dataset.name] as const, ...own].flatMap(([path, name]) =>
    STAND_INS[name].flatMap((change) => ['--set', `${path}.${change}`]),
  );
}

test.each([
  'cifar10-dropout',
  'imdb-10k',
  'imdb-capacity',
  'imdb-depth',
  'imdb-early-stopping',
  'imdb-penalties',
  'imdb-remedies',
  'learning-curve',
  'mnist-batchnorm',
  'mnist-dropout',
  'mnist-early-stopping',
  'mnist-initialisers',
  'mnist-mlp',
  'mnist-mlp-short',
  'mnist-optimizers',
  'mnist-weight-decay',
])(
  '%s runs on generated data, with a verdict for each arm and models that can be evaluated',
  async (name) => {
    const spec = JSON.parse(await wellfit('print-config', name, '--json')) as Spec;
    const changes = [...standIns(spec), '--epochs', '1', '--set', 'training.batchSize=30'];
    const printed = await wellfit('run', name, ...changes, '--quiet', '--no-report', '--backend', 'wasm');
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
