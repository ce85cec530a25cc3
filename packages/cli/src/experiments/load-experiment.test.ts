import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isWellfitError } from '@wellfit/core';
import { testHost } from '../test-support/test-host.js';
import { builtinExperiments } from './builtin-experiments.js';
import { loadExperiment, type ExperimentChanges } from './load-experiment.js';
import { parseSet } from './parse-set.js';

const GOOD = `name: mine
dataset: synthetic-reviews
model: { name: mlp, units: [4] }
arms:
  base:
  l2: { regularizers: { l2: 0.001 }, training: { epochs: 3 } }
`;

async function failure(
  text: string,
  changes: ExperimentChanges = {},
  file = 'mine.yaml',
): Promise<[string, string]> {
  const host = testHost();
  host.write(file, text);
  try {
    await loadExperiment(file, changes, host);
  } catch (error) {
    if (isWellfitError(error)) return [error.code, error.message];
    throw error;
  }
  throw new Error('it loaded');
}

test('every built-in experiment has its file name as name, a description, and a plan', async () => {
  const names = [...(await builtinExperiments()).keys()];
  expect(names).toEqual([
    'cifar10-dropout',
    ...['10k', 'capacity', 'depth', 'early-stopping', 'penalties', 'remedies'].map((name) => `imdb-${name}`),
    'learning-curve',
    ...['batchnorm', 'dropout', 'early-stopping', 'initialisers', 'mlp', 'mlp-short', 'optimizers'].map(
      (name) => `mnist-${name}`,
    ),
    'mnist-weight-decay',
    'synthetic-capacity',
  ]);
  for (const name of names) {
    const { plan } = await loadExperiment(name, {}, testHost());
    expect(plan.name).toBe(name);
    expect(plan.description).toMatch(/\.$/);
    expect(plan.arms.map((arm) => arm.name)).toContain(plan.baseline);
  }
});

test('the built-in experiments on IMDB train on everything and validate on the test reviews', async () => {
  const { plan, spec } = await loadExperiment('imdb-10k', {}, testHost());
  expect(spec.dataset).toMatchObject({ name: 'imdb', numWords: 10_000, validation: 'test' });
  expect(plan.arms.map(({ epochs, batchSize }) => [epochs, batchSize])).toEqual(Array(4).fill([20, 512]));
});

test('what the command line changes: values, epochs of every arm, seeds, arms', async () => {
  const host = testHost();
  host.write('mine.yaml', GOOD);
  const { plan } = await loadExperiment(
    'mine.yaml',
    { overrides: [parseSet('training.batchSize=7'), parseSet('seeds=[3, 5]')], epochs: 2, arms: ['l2'] },
    host,
  );
  expect(plan.seeds).toEqual([3, 5]);
  expect(plan.baseline).toBe('l2');
  expect(plan.arms.map(({ name, epochs, batchSize }) => ({ name, epochs, batchSize }))).toEqual([
    { name: 'l2', epochs: 2, batchSize: 7 },
  ]);
});

test('problems of a file come all at once, with line and column, at the key itself where that is wrong', async () => {
  expect(
    await failure(GOOD.replace('arms:', 'epocs: 3\nseeds: 0\narms:').replace('dataset:', 'datset:')),
  ).toEqual([
    'bad-experiment',
    expect.stringMatching(
      new RegExp(
        [
          'the experiment is not valid \\(3 problems\\)',
          '  mine\\.yaml:5:8 seeds: must be at least 1, not 0',
          '  mine\\.yaml:2:1 datset: unknown key; .* Did you mean dataset\\?',
          '  mine\\.yaml:4:1 epocs: unknown key; .*',
        ].join('\\n'),
      ),
    ),
  ]);
});

test.each([
  [
    'an unknown regularizer',
    'l2: 0.001',
    'l3: 1',
    /mine\.yaml:6:25 arms\.l2\.regularizers\.l3: unknown regularizer "l3".* Did you mean l1\?|l2\?/,
  ],
  [
    'an unknown dataset',
    'synthetic-reviews',
    'sinthetic-reviews',
    /mine\.yaml:2:10 dataset\.name: unknown dataset.* Did you mean synthetic-reviews\?/,
  ],
  ['an option out of range', '0.001', '-1', /mine\.yaml:6:29 arms\.l2\.regularizers\.l2: .*-1/],
  [
    'an unknown option',
    'units: [4]',
    'unit: [4]',
    /mine\.yaml:3:21 model\.unit: unknown key.* Did you mean units\?/,
  ],
  [
    'an unknown reporter',
    'arms:',
    'reporters: { hmtl: true }\narms:',
    /mine\.yaml:4:14 reporters\.hmtl: unknown reporter "hmtl".* Did you mean html\?/,
  ],
  [
    'a callback as reporter',
    'arms:',
    'reporters: { early-stopping: true }\narms:',
    /mine\.yaml:4:14 reporters\.early-stopping: "early-stopping" was loaded as a callback; a reporter must say its kind: factory\.plugin = \{ kind: 'reporter', name: 'early-stopping' \}$/,
  ],
  [
    'a bad option of a reporter',
    'arms:',
    'reporters: { csv: { paht: x } }\narms:',
    /mine\.yaml:4:21 reporters\.csv\.paht: unknown key.* Did you mean path\?/,
  ],
])('%s', async (_, before, after, message) => {
  expect((await failure(GOOD.replace(before, after)))[1]).toMatch(message);
});

test('what the command line got wrong is said of the argument, not of the file', async () => {
  const overrides = [parseSet('training.epochs=0'), parseSet('traning.epochs=1')];
  expect((await failure(GOOD, { overrides }))[1]).toMatch(
    /--set training\.epochs=0 \(training\.epochs\): must be at least 1, not 0\n {2}--set traning\.epochs=1 \(traning\): unknown key/,
  );
  expect((await failure(GOOD, { epochs: -1 }))[1]).toContain(
    '--epochs -1 (training.epochs): must be at least 1',
  );
});

test('unknown arms and experiments suggest what was meant', async () => {
  expect(await failure(GOOD, { arms: ['bsae'] })).toEqual([
    'unknown-arm',
    'mine has no arm bsae. Did you mean base? Its arms: base, l2.',
  ]);
  await expect(loadExperiment('imdb-capcity', {}, testHost())).rejects.toMatchObject({
    code: 'unknown-experiment',
    message: expect.stringContaining('Did you mean imdb-capacity?') as string,
  });
  await expect(loadExperiment('./none.yaml', {}, testHost())).rejects.toThrow(
    /There is no file \.\/none\.yaml/,
  );
});

test('what is no text file of sensible size is refused', async () => {
  const host = testHost();
  host.write('big.yaml', 'x'.repeat(1024 * 1024 + 1));
  await expect(loadExperiment('big.yaml', {}, host)).rejects.toThrow(/more than any experiment/);
  await expect(loadExperiment('.', {}, host)).rejects.toThrow(`${host.cwd} cannot be read: it is a folder`);
  await expect(loadExperiment('/dev/zero', {}, host)).rejects.toThrow(/neither a file nor a pipe/);
  host.write('bytes.yaml', '');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${host.cwd}/bytes.yaml`, Buffer.from([0xff, 0xfe, 0x00]));
  await expect(loadExperiment('bytes.yaml', {}, host)).rejects.toThrow(/not UTF-8/);
});

test('a pipe is read like a file, and no further than an experiment goes', async () => {
  const host = testHost();
  const pipe = join(host.cwd, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const written = writeFile(pipe, GOOD);
  expect((await loadExperiment('pipe', {}, host)).plan.name).toBe('mine');
  await written;
  const endless = writeFile(pipe, 'x'.repeat(3 * 1024 * 1024)).catch((error: unknown) => error);
  await expect(loadExperiment('pipe', {}, host)).rejects.toThrow(/more than any experiment/);
  expect(await endless).toMatchObject({ code: 'EPIPE' });
});

test.each(['training.epochs', '=5', 'a=[1', 'a=!!js/function x', 'a=&x [*x]'])(
  '--set %s is refused',
  (argument) => {
    expect(() => parseSet(argument)).toThrow(expect.objectContaining({ code: 'usage' }) as Error);
  },
);
