import { existsSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { main } from './main.js';
import { TINY, tiny, wellfit } from './test-support/command.js';
import { testHost, type TestHost } from './test-support/test-host.js';

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
