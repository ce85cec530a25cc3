import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../main.js';
import { testHost, type TestHost } from '../test-support/test-host.js';
import { renderEvaluations } from './render-evaluations.js';
import { TINY } from '../test-support/command.js';

/** A folder with an experiment of two arms and two seeds that has been run. */
interface Trained {
  readonly cwd: string;
  readonly run: string;
}

let trained: Trained;

/** Runs the command in the folder of the trained experiment. */
async function wellfit(...args: string[]): Promise<TestHost & { readonly code: number }> {
  const host = { ...testHost(args), cwd: trained.cwd };
  return { ...host, code: await main(host) };
}

beforeAll(async () => {
  const host = testHost(['run', 'tiny.yaml', '--seeds', '2', '--no-report', '--quiet']);
  host.write('tiny.yaml', TINY.replace('test: 1', 'test: 20'));
  expect([await main(host), host.err()]).toEqual([0, '']);
  trained = { cwd: host.cwd, run: /^results: (.*)$/m.exec(host.out())?.[1] ?? '' };
});

interface Evaluation {
  readonly run: { readonly arm: string; readonly seed: number };
  readonly rows: number;
  readonly logs: Readonly<Record<string, number>>;
}

const json = (out: string): Evaluation[] => JSON.parse(out) as Evaluation[];

test('a run keeps its models, and evaluating them gives the numbers that training ended with', async () => {
  const { code, out, err } = await wellfit('evaluate', trained.run, '--split', 'validation', '--json');
  expect([code, err()]).toEqual([0, '']);
  const found = json(out());
  expect(found.map(({ run }) => `${run.arm}/${run.seed}`).sort()).toEqual([
    'base/1',
    'base/2',
    'l2/1',
    'l2/2',
  ]);
  for (const { run, logs, rows } of found) {
    const { final } = JSON.parse(
      readFileSync(join(trained.cwd, trained.run, run.arm, String(run.seed), 'run.json'), 'utf8'),
    ) as { final: Record<string, number> };
    expect(rows).toBe(32);
    expect(logs.loss).toBeCloseTo(final.val_loss, 6);
    expect(logs.data_loss).toBeCloseTo(final.val_data_loss, 6);
    expect(logs.accuracy).toBeCloseTo(final.val_accuracy, 6);
  }
  expect(found.find(({ run }) => run.arm === 'l2')?.logs.penalty).toBeGreaterThan(0);
});

test('the table has a line for each seed and one for the mean', async () => {
  const { out } = await wellfit('evaluate', trained.run);
  expect(out()).toMatch(/^synthetic-reviews, test: 20 rows\narm +seed +loss +data_loss +penalty +accuracy\n/);
  expect(out()).toMatch(/\nbase +1 [^]*\nbase +2 [^]*\nbase +mean \(sd\) +0\.\d{4} \(0\.\d{4}\)/);
});

test('models evaluated on different rows stand in tables of their own', async () => {
  const host = testHost(['run', 'sizes.yaml', '--no-report', '--quiet']);
  host.write(
    'sizes.yaml',
    `${TINY}  digits: { dataset: { name: synthetic-digits, trainRows: 16, testRows: 10 } }\n`,
  );
  expect([await main(host), host.err()]).toEqual([0, '']);
  const run = /^results: (.*)$/m.exec(host.out())?.[1] ?? '';
  const evaluated = { ...testHost(['evaluate', run, '--split', 'train']), cwd: host.cwd };
  expect(await main(evaluated)).toBe(0);
  const tables = evaluated.out().split('\n\n');
  expect(tables).toHaveLength(2);
  expect(tables[0]).toMatch(/^synthetic-reviews, train: 64 rows\narm [^]*\nbase [^]*\nl2 /);
  expect(tables[1]).toMatch(/^synthetic-digits, train: 16 rows\narm [^]*\ndigits /);

  // Without a split, those without test rows are evaluated on their validation rows.
  const unsplit = { ...testHost(['evaluate', run]), cwd: host.cwd };
  expect(await main(unsplit)).toBe(0);
  expect(unsplit.out()).toMatch(/synthetic-reviews, test: 1 rows[^]*synthetic-digits, validation: 10 rows/);
  const predicted = { ...testHost(['predict', join(run, 'digits'), '--rows', '0']), cwd: host.cwd };
  expect(await main(predicted)).toBe(0);
  expect(predicted.err()).toBe(
    'note: synthetic-digits has no test rows here; these are its validation rows\n',
  );
});

test('says which models are of runs that were cut short', () => {
  const evaluation = { path: '', dataset: 'mnist', split: 'test', rows: 9, logs: { loss: 1 } } as const;
  const out = renderEvaluations(
    [
      { ...evaluation, run: { arm: 'a', seed: 1 }, status: 'stopped' },
      { ...evaluation, run: { arm: 'b', seed: 2 }, status: 'cancelled' },
    ],
    '/',
  );
  expect(out.match(/^note: .*/gm)).toEqual([
    'note: the run of b, seed 2, was cut short (cancelled): its model is what training left',
  ]);
});

test.each([
  ['an arm', (run: string) => [join(run, 'l2')], ['l2/1', 'l2/2']],
  ['a run', (run: string) => [join(run, 'l2', '2')], ['l2/2']],
  ['a model', (run: string) => [join(run, 'l2', '2', 'model')], ['l2/2']],
  ['options', (run: string) => [run, '--arms', 'base', '--seed', '1'], ['base/1']],
])('models can be chosen by %s', async (_, args, expected) => {
  const { out } = await wellfit('evaluate', ...args(trained.run), '--json');
  expect(json(out()).map(({ run }) => `${run.arm}/${run.seed}`)).toEqual(expected);
});

test('predictions are CSV with names, and agree with the evaluation', async () => {
  const { out, code } = await wellfit('predict', trained.run, '--arms', 'base', '--seed', '1');
  expect(code).toBe(0);
  const [head, ...lines] = out().trim().split('\n');
  expect(head).toBe('row,target,prediction,value');
  expect(lines).toHaveLength(20);
  const right = lines
    .map((line) => line.split(','))
    .filter(([, target, prediction]) => target === prediction);
  const evaluated = await wellfit('evaluate', trained.run, '--arms', 'base', '--seed', '1', '--json');
  expect(right.length / 20).toBeCloseTo(json(evaluated.out())[0].logs.accuracy, 6);
});

test('some rows as JSON', async () => {
  const { out } = await wellfit('predict', join(trained.run, 'base', '1'), '--rows', '3,0-1', '--json');
  const rows = out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { row: number; values: number[] });
  expect(rows.map(({ row }) => row)).toEqual([3, 0, 1]);
  expect(rows[0].values).toHaveLength(1);
});

test.each(['tfjs', 'keras-h5', 'keras'])(
  'exports as %s, imports that, and evaluates the same',
  async (format) => {
    const name = `exported-${format}${format === 'keras' ? '.keras' : format === 'keras-h5' ? '.h5' : ''}`;
    const source = join(trained.run, 'l2', '1');
    const exported = await wellfit('export', source, '--format', format, '--out', name);
    expect([exported.code, exported.err()]).toEqual([0, '']);
    const imported = await wellfit('import', name, '--out', `imported-${format}`);
    expect([imported.code, imported.err()]).toEqual([0, '']);
    expect(imported.out()).toContain('hidden_1 (Dense)');

    const data = ['--dataset', 'synthetic-reviews', '--set', 'dataset.train=64'];
    const [there] = json(
      (await wellfit('evaluate', `imported-${format}`, ...data, '--json', '--split', 'train')).out(),
    );
    const [here] = json((await wellfit('evaluate', source, '--json', '--split', 'train')).out());
    expect(there.logs.data_loss).toBeCloseTo(here.logs.data_loss, 6);
    expect(there.logs.accuracy).toBe(here.logs.accuracy);

    const again = await wellfit('export', source, '--format', format, '--out', name);
    expect(again.code).toBe(2);
    expect(again.err()).toContain('exists already');
    expect((await wellfit('export', source, '--format', format, '--out', name, '--force')).code).toBe(0);
  },
);

test.each([
  ['nothing there', ['evaluate', 'nowhere'], 2, /There is no nowhere/],
  ['a model without data', ['evaluate', 'lone'], 2, /add --dataset/],
  [
    'data of another shape',
    ['evaluate', 'lone', '--dataset', 'synthetic-digits', '--split', 'train'],
    2,
    /reads rows of shape \[500\]/,
  ],
  ['an unknown arm', ['evaluate', '.', '--arms', 'l3'], 2, /There is no arm l3/],
  ['several models to predict with', ['predict', '.'], 2, /holds 4 models; choose one/],
  ['several models to export', ['export', '.', '--format', 'keras'], 2, /holds 4 models; choose one/],
  [
    'a folder of run folders',
    ['evaluate', '..'],
    2,
    /neither a run folder nor.*holds run folders, choose one/,
  ],
  ['a row beyond the end', ['predict', 'base/1', '--rows', '20'], 2, /there is no row 20/],
  ['a file that is no model', ['import', 'base/1/run.json'], 1, /run\.json/],
  [
    'rows that are not there',
    ['evaluate', 'lone', '--dataset', 'synthetic-digits', '--split', 'test'],
    2,
    /synthetic-digits has no test rows here; there are train, validation\. Choose one by --split/,
  ],
  ['an unknown dataset', ['evaluate', 'lone', '--dataset', 'mnits'], 2, /Did you mean mnist\?/],
])('%s: a clear error', async (_, [command, path, ...args], code, message) => {
  const lone = join(trained.cwd, 'lone');
  if (!existsSync(lone)) await wellfit('import', join(trained.run, 'base', '1', 'model'), '--out', 'lone');
  const inRun = ['nowhere', 'lone'].includes(path) ? path : join(trained.run, path);
  const ended = await wellfit(command, inRun, ...args);
  expect(ended.err()).toMatch(message);
  expect(ended.code).toBe(code);
  expect(ended.err()).not.toContain('This is a bug');
});

test('a split that does not exist names those that do', async () => {
  const { code, err } = await wellfit(
    ...['evaluate', trained.run, '--split', 'test', '--dataset', 'synthetic-reviews'],
    ...['--set', 'dataset.validation=32', '--set', 'dataset.train=64', '--arms', 'bse'],
  );
  expect([code, err()]).toEqual([2, expect.stringContaining('There is no arm bse')]);
});

test('a damaged model is named', async () => {
  const model = join(trained.run, 'base', '2', 'model', 'model.json');
  writeFileSync(join(trained.cwd, model), '{"modelTopology": ');
  const { code, err } = await wellfit('evaluate', join(trained.run, 'base', '2'));
  expect(code).toBe(1);
  expect(err()).toMatch(/model\.json|base.2.model/);
  rmSync(join(trained.cwd, trained.run, 'base', '2'), { recursive: true });
});

test('the ending of a name says which format to export', async () => {
  const { out, code } = await wellfit('export', join(trained.run, 'l2', '1'), '--out', 'by-ending.h5');
  expect([code, out()]).toEqual([0, 'model:  by-ending.h5 (keras-h5)\n']);
});

test('a model of flat rows reads images', async () => {
  const digits = 'dataset: { name: synthetic-digits, trainRows: 60, testRows: 20 }';
  writeFileSync(
    join(trained.cwd, 'digits.yaml'),
    `name: digits\n${digits}\nmodel: mlp\ntraining: { epochs: 1 }\narms: { flat: }\n`,
  );
  const run = await wellfit('run', 'digits.yaml', '--quiet', '--no-report');
  expect([run.code, run.err()]).toEqual([0, '']);
  const folder = /^results: (.*)$/m.exec(run.out())?.[1] ?? '';
  const evaluated = async () => json((await wellfit('evaluate', folder, '--json')).out())[0].logs;
  const whole = await evaluated();

  const path = join(trained.cwd, folder, 'flat', '1', 'model', 'model.json');
  const images = readFileSync(path, 'utf8');
  const flat = images
    .replace('[null,28,28,1]', '[null,784]')
    .replace(/\{"class_name":"Flatten","config":\{[^}]*\}\},/, '');
  expect(flat.length).toBeLessThan(images.length - 50);
  writeFileSync(path, flat);
  expect(await evaluated()).toEqual(whole);
});

test('says that changed data may hold rows a model was trained on', async () => {
  const changed = await wellfit('evaluate', trained.run, '--set', 'dataset.validation=0.5');
  expect([changed.code, changed.err()]).toEqual([0, expect.stringMatching(/^note: the data was changed/)]);
  expect((await wellfit('evaluate', trained.run)).err()).toBe('');
});
