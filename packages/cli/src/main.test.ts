import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { main } from './main.js';
import { testHost, type TestHost } from './test-support/test-host.js';

const TINY = `name: tiny
dataset: { name: synthetic-reviews, train: 64, validation: 32, test: 1 }
model: { name: mlp, units: [2] }
training: { epochs: 2, batchSize: 16, optimizer: sgd }
arms:
  base:
  l2: { regularizers: { l2: 0.001 } }
`;

async function wellfit(
  args: string,
  prepare?: (host: TestHost) => void,
): Promise<TestHost & { code: number }> {
  const host = testHost(args.split(' ').filter(Boolean));
  prepare?.(host);
  return { ...host, code: await main(host) };
}

const tiny = (host: TestHost): void => void host.write('tiny.yaml', TINY);

test.each(['', '--help', 'run --help', 'help list', '--version'])('%p is no error', async (args) => {
  const { code, err, out } = await wellfit(args);
  expect([code, err()]).toEqual([0, '']);
  expect(out()).not.toBe('');
});

test('help shows no empty defaults', async () => {
  const { out } = await wellfit('run --help');
  expect(out()).toMatch(/--reporter <name>[^]*default: "runs"|default: "runs"[^]*--reporter <name>/);
  expect(out()).not.toContain('default: []');
});

test.each([
  ['an unknown command', 'rnu', /unknown command 'rnu'[^]*Did you mean run\?/],
  ['an unknown option', 'run x --epoch 3', /unknown option '--epoch'[^]*Did you mean --epochs\?/],
  ['a missing argument', 'run', /missing required argument 'experiment'/],
  ['a backend that does not exist', 'run x --backend gpu', /Allowed choices are auto, wasm, native, cpu/],
  ['a number that is none', 'run x --epochs many', /It must be a whole number/],
  ['a kind that cannot be listed', 'list things', /Allowed choices are/],
  ['an unknown experiment', 'run imdb-capcity', /Did you mean imdb-capacity\?/],
  ['an unknown arm', 'run imdb-capacity --arms smal', /Did you mean small\?/],
  [
    'no arm at all',
    'run imdb-capacity --arms ,',
    /--arms names no arm. imdb-capacity has: small, base, large/,
  ],
  ['an unknown key', 'run imdb-capacity --set trainig.epochs=1', /Did you mean training\?/],
  ['a folder as experiment', 'run .', /cannot be read: it is a folder/],
  ['a device as experiment', 'run /dev/zero', /\/dev\/zero cannot be read: it is neither a file nor a pipe/],
  ['an unknown reporter', 'run synthetic-capacity --reporter hmtl', /Did you mean html\?/],
])('%s: exit code 2, a suggestion, no stack, no run folder', async (_, args, message) => {
  const { code, err, cwd } = await wellfit(args);
  expect(code).toBe(2);
  expect(err()).toMatch(message);
  expect(err()).not.toMatch(/\n\s+at /);
  expect(readdirSync(cwd)).toEqual([]);
});

test('an experiment runs and leaves a run folder with a report', async () => {
  const { code, out, err, cwd } = await wellfit('run tiny.yaml --reporter csv', tiny);
  expect([code, err()]).toEqual([0, '']);
  const folder = /^results: (.*)$/m.exec(out())?.[1] ?? '';
  expect(folder).toMatch(/^runs\/tiny-\d{8}-\d{6}-[0-9a-f]{6}$/);
  expect(out()).toContain(`report:  ${folder}/report.html\n`);
  expect(readdirSync(join(cwd, folder)).sort()).toEqual(
    ['base', 'curves.png', 'curves.svg', 'epochs.csv', 'experiment.json', 'l2', 'report.html'].sort(),
  );
  const record = JSON.parse(readFileSync(join(cwd, folder, 'experiment.json'), 'utf8')) as Record<
    string,
    object
  >;
  expect(record).toMatchObject({ backend: 'wasm', arms: ['base', 'l2'], status: 'completed' });
  expect(record.versions).toMatchObject({ node: process.versions.node, '@tensorflow/tfjs-core': '4.22.0' });
});

test('two runs with the same seed give the same weights', async () => {
  const digests = async (): Promise<unknown> => {
    const { out, cwd } = await wellfit('run tiny.yaml --quiet --no-report', tiny);
    const folder = join(cwd, /^results: (.*)$/m.exec(out())?.[1] ?? '');
    return ['base', 'l2'].map(
      (arm) =>
        (JSON.parse(readFileSync(join(folder, arm, '1', 'run.json'), 'utf8')) as { digest: string }).digest,
    );
  };
  const first = await digests();
  expect(first).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(await digests()).toEqual(first);
});

test('a run that fails is named, the others go on, and the exit code is 1', async () => {
  const { code, err, out } = await wellfit('run tiny.yaml --no-report', (host) => {
    host.write(
      'bad.mjs',
      'export default () => ({ name: "bad", onEpochEnd() { throw new Error("broken hook") } })',
    );
    host.write('tiny.yaml', `plugins: [./bad.mjs]\n${TINY}  bad: { callbacks: { bad: true } }\n`);
  });
  expect(code).toBe(1);
  expect(err()).toMatch(/a run failed: bad, seed 1: .*broken hook/);
  expect(out()).toContain('results: ');
});

test('an arm that diverges gets that verdict, the others go on, and that is a result, not a failure', async () => {
  const { code, cwd, out } = await wellfit('run tiny.yaml --no-report', (host) => {
    const wild = '{ training: { optimizer: { learningRate: 1.0e+30 } } }';
    host.write('tiny.yaml', TINY.replace('  base:\n', `  wild: ${wild}\n  base:\n`));
  });
  expect(code).toBe(0);
  const [folder] = readdirSync(join(cwd, 'runs'));
  const record = readFileSync(join(cwd, 'runs', folder, 'experiment.json'), 'utf8');
  const { analysis } = JSON.parse(record) as {
    analysis: { arms: { arm: string; verdict: string; runs: number }[] };
  };
  expect(analysis.arms.map(({ arm }) => arm)).toEqual(['wild', 'base', 'l2']);
  expect(analysis.arms[0].verdict).toBe('diverged');
  expect(analysis.arms.slice(1).map(({ runs }) => runs)).toEqual([1, 1]);
  expect(out()).toMatch(/wild: diverged\. .*became (NaN|-?Infinity) in epoch 1/);
});

test('a reporter that fails is named, and the exit code is 1 though the run finished', async () => {
  const { code, err, out } = await wellfit('run tiny.yaml --no-report', (host) => {
    host.write('tiny.yaml', `${TINY}reporters: { csv: { path: /dev/full/x.csv } }\n`);
  });
  expect(code).toBe(1);
  expect(err()).toMatch(/the reporter csv failed/);
  expect(out()).toContain('Completed');
});

test('where the data cannot be loaded nothing is left behind, and the exit code is 1', async () => {
  const { code, err, cwd } = await wellfit('run tiny.yaml', (host) => {
    host.write(
      'gone.mjs',
      'export default () => ({ name: "gone", load: async () => { throw new Error("no such data") } })',
    );
    host.write('tiny.yaml', `plugins: [./gone.mjs]\n${TINY.replace(/dataset: .*/, 'dataset: gone')}`);
  });
  expect(code).toBe(1);
  expect(err()).toContain('no such data');
  expect(readdirSync(join(cwd, 'runs'))).toEqual([]);
});

test('the first Ctrl-C ends the run in good order, the second quits at once', async () => {
  const host = testHost(['run', 'tiny.yaml', '--epochs', '10000', '--no-report']);
  tiny(host);
  const waitForEpoch = (): void => {
    if (!host.out().includes('Epoch 2/')) setTimeout(waitForEpoch, 5);
    else {
      host.send('SIGINT');
      host.send('SIGINT');
    }
  };
  setTimeout(waitForEpoch, 5);
  expect(await main(host)).toBe(130);
  expect(host.exits).toEqual([130]);
  expect(host.err()).toMatch(
    /stopping after the step in hand[^]*interrupted: runs\/tiny-.* holds what was finished/,
  );
  const folder = join(host.cwd, /^results: (.*)$/m.exec(host.out())?.[1] ?? '');
  const record = JSON.parse(readFileSync(join(folder, 'experiment.json'), 'utf8')) as object;
  expect(record).toMatchObject({ status: 'cancelled' });

  const again = testHost(['report', folder]);
  expect([await main(again), again.err()]).toEqual([0, '']);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('tiny');
});

test('an error that nobody caught ends the run; a live table is not torn by it, and a signal then quits', async () => {
  const base = testHost(['run', 'tiny.yaml', '--epochs', '10000', '--no-report', '--reporter', 'console']);
  const host = { ...base, stdout: { ...base.stdout, isTTY: true } };
  tiny(base);
  const waitForEpoch = (): void => {
    if (!host.out().includes('Epoch 2/')) return void setTimeout(waitForEpoch, 5);
    host.throwUncaught(new TypeError('first\nerror'));
    host.throwUncaught(new TypeError('second error'));
    expect(host.err()).toBe('');
    host.send('SIGTERM');
  };
  setTimeout(waitForEpoch, 5);
  expect(await main(host)).toBe(1);
  expect(host.exits).toEqual([143]);
  expect(host.err()).toMatch(/^error: thrown where [^\n]*: TypeError: first error\ninterrupted: runs\/tiny-/);
});

test('an error while the experiment is still being loaded keeps it from running', async () => {
  const { code, err, cwd } = await wellfit('run tiny.yaml', (host) => {
    tiny(host);
    setTimeout(() => host.throwUncaught(new TypeError('early')), 0);
  });
  expect(code).toBe(1);
  expect(err()).toMatch(/TypeError: early\ninterrupted: nothing was trained yet\n$/);
  expect(readdirSync(join(cwd, 'runs'))).toEqual([]);
});

test('escape sequences of an experiment do not reach the terminal', async () => {
  const { code, err } = await wellfit('print-config tiny.yaml', (host) =>
    host.write('tiny.yaml', `${TINY}"\\e]0;title\\a": 1\n`),
  );
  expect(code).toBe(2);
  expect(err()).toContain('\\x1b]0;title\\x07: unknown key');
});

test('print-config prints YAML and JSON that give the same again', async () => {
  const first = await wellfit(
    'print-config tiny.yaml --seeds 2 --set training.optimizer.learningRate=0.5',
    tiny,
  );
  expect(first.code).toBe(0);
  expect(parse(first.out())).toMatchObject({
    seeds: 2,
    training: { epochs: 2, loss: 'auto', optimizer: { name: 'sgd', learningRate: 0.5 } },
    model: { name: 'mlp', units: [2], activation: 'relu' },
  });
  const second = await wellfit(
    'print-config printed.yaml',
    (host) => void host.write('printed.yaml', first.out()),
  );
  expect(second.out()).toBe(first.out());
  const json = await wellfit(
    'print-config printed.yaml --json',
    (host) => void host.write('printed.yaml', first.out()),
  );
  expect(JSON.parse(json.out())).toEqual(parse(first.out()));
});

test('list names everything, with options; --json gives them as JSON Schema', async () => {
  const { out } = await wellfit('list');
  for (const name of [
    'imdb-capacity',
    'imdb',
    'mlp',
    'l1l2',
    'early-stopping',
    'adamw',
    'he-normal',
    'html',
    'wasm',
  ]) {
    expect(out()).toMatch(new RegExp(`^  ${name}  \\S`, 'm'));
  }
  expect(out()).toContain('patience: whole number from 0 (default 0). ');
  const json = JSON.parse((await wellfit('list regularizers --json')).out()) as unknown[];
  expect(json).toContainEqual({
    kind: 'regularizers',
    name: 'dropout',
    description: expect.any(String) as string,
    options: expect.objectContaining({ anyOf: expect.any(Array) as unknown[] }) as object,
  });
});

test('schema prints a JSON Schema that knows the plugins', async () => {
  const { out, code } = await wellfit('schema');
  expect(code).toBe(0);
  expect(JSON.parse(out())).toMatchObject({
    definitions: { regularizers: { properties: { l2: {} } } },
    required: ['name', 'dataset', 'model', 'arms'],
  });
});

test('doctor says which backends there are, what is chosen and why', async () => {
  const { out, code } = await wellfit('doctor');
  expect(code).toBe(0);
  expect(out()).toMatch(/^ok +backend wasm +TensorFlow\.js 4\.22\.0, SIMD/m);
  expect(out()).toMatch(/^ok +auto chooses +wasm: the default/m);
  expect(out()).toMatch(/^ok +cache +\S+, writable/m);
});

test.each(['/no/such/folder', 'ftp://example.org/data'])(
  'doctor finds a mirror that is none: %s',
  async (mirror) => {
    const host = testHost(['doctor'], { WELLFIT_DATASETS: mirror });
    expect(await main(host)).toBe(1);
    expect(host.out()).toMatch(new RegExp(`^NO +dataset mirror +WELLFIT_DATASETS is ${mirror}`, 'm'));
  },
);

test('what wellfit does not expect is called a bug of ours, with a stack only when asked for', async () => {
  const broken = (env: TestHost['env']): TestHost => {
    const host = testHost(['list', 'backends'], env);
    return {
      ...host,
      stdout: {
        write: () => {
          throw new TypeError('out of order');
        },
      },
    };
  };
  const host = broken({});
  expect(await main(host)).toBe(1);
  expect(host.err()).toMatch(/This is a bug in wellfit\.\nTypeError: out of order\nPlease report it/);
  const debug = broken({ WELLFIT_DEBUG: '1' });
  await main(debug);
  expect(debug.err()).toMatch(/\n\s+at /);
  expect(existsSync(debug.cwd)).toBe(true);
});
