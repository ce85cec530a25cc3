import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunFolder } from '@wellfit/reporters';
import { TINY } from '../test-support/command.js';
import { resultsOf, useRecordedRun } from '../test-support/recorded-run.js';

const recorded = useRecordedRun();
const quiet = ['--no-report', '-q'];

const CALLBACK = `export default () => ({ name: 'mine', onEpochEnd() {} });`;
const REPORTER = `const mine = () => ({ name: 'mine', connect: (events) => events });
mine.plugin = { kind: 'reporter', name: 'mine', description: 'Says nothing.' };
export default mine;`;

/** A run with a plugin, as if it had been killed, whose plugin is another one by now; a module is loaded only once. */
async function changedPlugin(name: string, before: string, after: string): Promise<string> {
  const { cwd, wellfit } = recorded();
  for (const [folder, text] of [
    [name, before],
    [`${name}-new`, after],
  ]) {
    mkdirSync(join(cwd, folder));
    writeFileSync(join(cwd, folder, 'mine.mjs'), text);
  }
  writeFileSync(join(cwd, name, 'x.yaml'), `plugins: [./mine.mjs]\n${TINY}`);
  const run = resultsOf(await wellfit('run', join(name, 'x.yaml'), ...quiet));
  const file = join(cwd, run, 'experiment.json');
  const content = JSON.parse(readFileSync(file, 'utf8')) as object;
  const pluginFolders = [join(cwd, `${name}-new`)];
  writeFileSync(file, JSON.stringify({ ...content, status: 'running', pluginFolders }));
  rmSync(join(cwd, run, 'l2', '1'), { recursive: true });
  return run;
}

test('what a plugin does is recorded with the versions, and goes on only as it was', async () => {
  const run = await changedPlugin('callback', CALLBACK, `${CALLBACK} // another one`);
  const { cwd, wellfit } = recorded();
  const { versions } = readRunFolder(join(cwd, run)).start!;
  const hash = versions['plugin ./mine.mjs'];
  expect(hash).toMatch(/^[0-9a-f]{16}$/);

  const refused = await wellfit('resume', run, ...quiet);
  expect([refused.code, refused.out()]).toEqual([1, '']);
  expect(refused.err()).toMatch(
    new RegExp(
      `^error: The experiment cannot go on as it began: it was made with plugin \\./mine\\.mjs ${hash}, here it is ` +
        `(?!${hash})[0-9a-f]{16}\\. Resume it with what began it, or run it again; --anew mixes versions\\.`,
    ),
  );
  const anew = await wellfit('resume', run, '--anew', ...quiet);
  expect([anew.code, anew.err()]).toEqual([0, '']);
});

test('a replay names it where something differs, and does not refuse', async () => {
  const run = await changedPlugin('replayed', CALLBACK, `${CALLBACK} // another one`);
  const { wellfit } = recorded();
  const { code, out } = await wellfit('replay', run, '--json');
  const { otherVersions } = JSON.parse(out()) as { otherVersions: object };
  expect([code, Object.keys(otherVersions)]).toEqual([0, ['plugin ./mine.mjs']]);
});

test('a plugin that only reports may change: it decides no numbers', async () => {
  const run = await changedPlugin('reporter', REPORTER, `${REPORTER} // another one`);
  const { code, err } = await recorded().wellfit('resume', run, ...quiet);
  expect([code, err()]).toEqual([0, '']);
});

test('the kernels and the backend are recorded, so that others are refused', async () => {
  const { cwd, wellfit, changed, folder } = recorded();
  const { versions } = readRunFolder(join(cwd, folder)).start!;
  const kernels = versions['@wellfit/wasm-kernels'];
  expect(versions).toMatchObject({
    '@wellfit/backends': kernels,
    '@tensorflow/tfjs-backend-wasm': '4.22.0',
    '@tensorflow/tfjs-backend-cpu': '4.22.0',
  });
  const other = changed('experiment.json', (text) =>
    text
      .replace('"status": "completed"', '"status": "running"')
      .replace(`"@wellfit/wasm-kernels": "${kernels}"`, '"@wellfit/wasm-kernels": "0.9.9"'),
  );
  rmSync(join(cwd, other, 'l2', '1'), { recursive: true });
  const { code, err } = await wellfit('resume', other, ...quiet);
  expect(code).toBe(1);
  expect(err()).toMatch(
    /made with @wellfit\/wasm-kernels 0\.9\.9, here it is .*Resume it with what began it/,
  );
});
