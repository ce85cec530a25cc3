import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { testHost, type TestHost } from '../test-support/test-host.js';
import { hashPlugin } from './hash-plugin.js';

const MANIFEST = '{"name":"kit","version":"1.0.0"}';

function plugin(): TestHost & { readonly hash: () => string } {
  const host = testHost();
  for (const folder of ['lib', 'node_modules/kit']) mkdirSync(join(host.cwd, folder), { recursive: true });
  host.write('p.mjs', `import 'node:fs';\nimport { a } from "./lib/a.mjs";\nexport default () => a;`);
  host.write('lib/a.mjs', `export * from './b.mjs';\nconst kit = await import('kit/inner');`);
  host.write('lib/b.mjs', `import '../p.mjs';\nimport 'fs';\nimport 'missing'; export const a = 1;`);
  host.write('node_modules/kit/package.json', MANIFEST);
  host.write('other.mjs', 'export const unused = 1;');
  return { ...host, hash: () => hashPlugin(join(host.cwd, 'p.mjs')) };
}

test('it is the same wherever the files lie, and whatever lies beside them', () => {
  const here = plugin();
  const before = here.hash();
  expect(before).toMatch(/^[0-9a-f]{16}$/);
  here.write('other.mjs', 'export const unused = 2;');
  const copy = testHost();
  cpSync(here.cwd, copy.cwd, { recursive: true });
  expect([here.hash(), hashPlugin(join(copy.cwd, 'p.mjs'))]).toEqual([before, before]);
});

test.each([
  ['its own file', 'p.mjs', `import { a } from "./lib/a.mjs";\nexport default () => a + 1;`],
  ['what it imports', 'lib/a.mjs', `export * from './b.mjs';`],
  ['what that imports', 'lib/b.mjs', 'export const a = 2;'],
  ['the version of a package', 'node_modules/kit/package.json', MANIFEST.replace('1.0.0', '1.0.1')],
])('it is another one when %s changes', (_, file, text) => {
  const host = plugin();
  const before = host.hash();
  host.write(file, text);
  expect(host.hash()).not.toBe(before);
});

test.each([
  ['without an ending', './a', 'a.js'],
  ['of its own folder', '.', 'index.js'],
  ['of the folder above', '..', '../index.js'],
])('a require %s is followed, too', (_, name, file) => {
  const host = testHost();
  mkdirSync(join(host.cwd, 'lib'));
  const path = host.write('lib/p.cjs', `module.exports = require('${name}');`);
  host.write(join('lib', file), 'module.exports = 1;');
  const before = hashPlugin(path);
  host.write(join('lib', file), 'module.exports = 2;');
  expect(hashPlugin(path)).not.toBe(before);
});
