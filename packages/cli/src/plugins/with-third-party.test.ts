import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWellfitError } from '@wellfit/core';
import { loadExperiment } from '../experiments/load-experiment.js';
import { testHost, type TestHost } from '../test-support/test-host.js';
import { builtinPlugins } from './builtin-plugins.js';
import { withThirdParty } from './with-third-party.js';

const HOOKS = `export default function patient(options = {}) {
  if (options.limit > 9) throw new RangeError('limit is too high');
  return { name: 'patient', onEpochEnd(epoch, logs, run) { if (epoch >= (options.limit ?? 3)) run.stop('enough'); } };
}`;

function hostWith(plugin: string, files: Readonly<Record<string, string>>, callbacks = '{}'): TestHost {
  const host = testHost();
  host.write(
    'mine.yaml',
    `name: mine\ndataset: synthetic-reviews\nmodel: mlp\nplugins: [${plugin}]\ncallbacks: ${callbacks}\narms: { base: }\n`,
  );
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(host.cwd, name)), { recursive: true });
    host.write(name, text);
  }
  return host;
}

async function failure(host: TestHost): Promise<string> {
  try {
    await loadExperiment('mine.yaml', {}, host);
  } catch (error) {
    if (isWellfitError(error)) return error.message;
    throw error;
  }
  throw new Error('it loaded');
}

test('a callback from a file: its kind is deduced, its options reach it', async () => {
  const host = hostWith('./patient.mjs', { 'patient.mjs': HOOKS }, '{ patient: { limit: 2 } }');
  const { plan } = await loadExperiment('mine.yaml', {}, host);
  expect(plan.arms[0].callbacks()).toEqual([expect.objectContaining({ name: 'patient' })]);
});

test('a plugin without a name is called as its file', async () => {
  const host = hostWith(
    './my-hooks.mjs',
    { 'my-hooks.mjs': 'export default () => ({ onTrainBegin() {} })' },
    '{ my-hooks: true }',
  );
  const { plan } = await loadExperiment('mine.yaml', {}, host);
  expect(plan.arms[0].callbacks()).toEqual([expect.objectContaining({ name: 'my-hooks' })]);
});

test('a package is found from the folder of the experiment, also one that only has an import entry', async () => {
  const manifest = { name: 'some-package', type: 'module', exports: { '.': { import: './lib/main.js' } } };
  const host = hostWith(
    'some-package',
    {
      'node_modules/some-package/package.json': JSON.stringify(manifest),
      'node_modules/some-package/lib/main.js':
        'const noisy = () => ({ name: "noisy", noise: (x) => x }); export default { noisy };',
    },
    '{}',
  );
  const { plugins } = await loadExperiment('mine.yaml', {}, host);
  expect(Object.keys(plugins.regularizers)).toContain('noisy');
});

test('what a package offers beside its main entry can be named', async () => {
  const manifest = { name: '@some/kit', type: 'module', exports: { './cb': { import: './lib/cb.js' } } };
  const files = {
    'node_modules/@some/kit/package.json': JSON.stringify(manifest),
    'node_modules/@some/kit/lib/cb.js': 'export default () => ({ name: "kit-cb", onTrainEnd() {} });',
    'node_modules/star/package.json': JSON.stringify({
      name: 'star',
      type: 'module',
      exports: { './*': './lib/*.js' },
    }),
    'node_modules/star/lib/cb.js': 'export default () => ({ name: "star-cb", onTrainEnd() {} });',
    'node_modules/old/package.json': JSON.stringify({ name: 'old', type: 'module' }),
    'node_modules/old/lib/cb.js': 'export default () => ({ name: "old-cb", onTrainEnd() {} });',
  };
  const { plugins } = await loadExperiment(
    'mine.yaml',
    {},
    hostWith('"@some/kit/cb", old/lib/cb.js, star/cb', files),
  );
  expect(Object.keys(plugins.callbacks)).toEqual(expect.arrayContaining(['kit-cb', 'old-cb', 'star-cb']));
  expect(await failure(hostWith('"@some/kit/db"', files))).toMatch(
    /the package @some\/kit in \S+ offers no \.\/db\.$/,
  );
  expect(await failure(hostWith('"@some/kit"', files))).toMatch(/offers no module\.$/);
  expect(await failure(hostWith('"@some/other/cb"', files))).toMatch(/npm install @some\/other$/);
});

test('a plugin that never gets ready is an error, not an end without a word', async () => {
  const host = hostWith('./p.mjs', { 'p.mjs': 'await new Promise(() => {}); export default () => ({});' });
  await expect(withThirdParty(await builtinPlugins(), ['./p.mjs'], [host.cwd], 50)).rejects.toThrow(
    '[plugin ./p.mjs] does not load: Error: it is not ready after 0.05 s',
  );
});

test('metadata decides where there is some: a reporter looks like a callback otherwise', async () => {
  const text = `const it = () => ({ name: 'silent', connect: (events) => events });
it.plugin = { kind: 'reporter', name: 'silent', description: 'Says nothing.' };
export default [it];`;
  const { plugins } = await loadExperiment('mine.yaml', {}, hostWith('./it.mjs', { 'it.mjs': text }));
  expect(Object.keys(plugins.reporters)).toContain('silent');
  expect(Object.keys(plugins.callbacks)).not.toContain('silent');
});

test.each([
  ['a file that is missing', './none.mjs', '', /there is no file .*none\.mjs/],
  ['a folder', '.', '', /is a folder; name the file in it/],
  ['a package that is missing', 'no-such-package-here', '', /no such package is installed.*npm install/],
  ['a throw at load', './p.mjs', 'throw new Error("boom")', /does not load: Error: boom/],
  ['a syntax error', './p.mjs', 'export default (', /does not load: SyntaxError/],
  ['no default export', './p.mjs', 'export const x = 1', /has no default export/],
  ['a default export that is no function', './p.mjs', 'export default 5', /must be a function/],
  [
    'a throw when made',
    './p.mjs',
    'export default () => { throw new Error("bang") }',
    /throws when it is made without options: bang/,
  ],
  [
    'a product that is nothing known',
    './p.mjs',
    'export default () => ({ name: "x" })',
    /makes nothing that is known/,
  ],
  ['a product that is null', './p.mjs', 'export default () => null', /makes nothing that is known/],
  [
    'a kind that does not exist',
    './p.mjs',
    'const f = () => ({}); f.plugin = { kind: "calback", name: "x" }; export default f',
    /Did you mean callback\?/,
  ],
  [
    'the name of a built-in plugin',
    './p.mjs',
    'export default () => ({ name: "l2", penalty() {} })',
    /there is a regularizer l2 already/,
  ],
  [
    'a name that is not kebab-case',
    './p.mjs',
    'export default () => ({ name: "../x", onTrainEnd() {} })',
    /must be kebab-case/,
  ],
])('%s is an error that names the plugin and its line', async (_, plugin, text, message) => {
  const error = await failure(hostWith(plugin, text ? { 'p.mjs': text } : {}));
  expect(error).toMatch(message);
  expect(error).toContain(`mine.yaml:4:11 plugins.0: [plugin ${plugin}] `);
});

test('a throw on bad options names the plugin and the place of the options', async () => {
  const host = hostWith('./patient.mjs', { 'patient.mjs': HOOKS }, '{ patient: { limit: 10 } }');
  expect(await failure(host)).toContain(
    'mine.yaml:5:23 callbacks.patient: [plugin ./patient.mjs] limit is too high',
  );
});

test('a factory that says one kind and makes another', async () => {
  const text =
    'const f = () => ({ name: "x" }); f.plugin = { kind: "callback", name: "x" }; export default f';
  expect(await failure(hostWith('./p.mjs', { 'p.mjs': text }, '{ x: true }'))).toMatch(
    /callbacks\.x: \[plugin \.\/p\.mjs\] made no callback: it has no connect or onTrainBegin/,
  );
});
