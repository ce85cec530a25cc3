import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../main.js';
import { TINY, tiny, wellfit } from '../test-support/command.js';
import { testHost } from '../test-support/test-host.js';

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
  expect(err()).not.toContain('bad.mjs:');
});

test('WELLFIT_DEBUG=1 shows where a plugin threw', async () => {
  const host = testHost(['run', 'tiny.yaml', '--no-report'], { WELLFIT_DEBUG: '1' });
  host.write(
    'bad.mjs',
    'export default () => ({ name: "bad", onEpochEnd() { throw new Error("broken hook") } })',
  );
  host.write('tiny.yaml', `plugins: [./bad.mjs]\n${TINY}  bad: { callbacks: { bad: true } }\n`);
  expect(await main(host)).toBe(1);
  expect(host.err()).toMatch(/Error: broken hook\n +at .*bad\.mjs/);
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
