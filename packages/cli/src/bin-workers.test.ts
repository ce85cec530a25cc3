/** Runs in worker threads: the same results as one after the other, and a worker that dies costs its run at most. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, wellfit, type Ended } from './test-support/built-command.js';
import { testHost } from './test-support/test-host.js';

const experiment = (callbacks: string): string => `name: digits
dataset: { name: synthetic-digits, trainRows: 400, testRows: 100 }
model: { name: mlp, units: [32] }
training: { epochs: 4, batchSize: 50 }
seeds: 2
plugins: [./dies.mjs]
arms:
  base:
  other: { callbacks: { ${callbacks} } }
`;

/** Ends its worker thread in epoch 3: always, or the first time only. */
const DIES = `import { existsSync, writeFileSync } from 'node:fs';
const dies = (options = {}) => ({
  name: 'dies',
  onEpochBegin(epoch, run) {
    if (epoch !== 3 || (options.once && existsSync('died-' + run.seed))) return;
    writeFileSync('died-' + run.seed, '');
    process.exit(7);
  },
});
export default Object.assign(dies, { plugin: { kind: 'callback', name: 'dies', description: 'Ends its thread.' } });
`;

function workplace(callbacks: string): string {
  const host = testHost();
  host.write('digits.yaml', experiment(callbacks));
  host.write('dies.mjs', DIES);
  return host.cwd;
}

const run = (cwd: string, ...more: string[]): Promise<Ended> =>
  wellfit(['run', 'digits.yaml', '--no-report', '--checkpoint-every', '0', ...more], { cwd });

/** The final weights of each run. */
function digestsOf(cwd: string, { out }: Ended): Record<string, string> {
  const folder = join(cwd, /^results: (.*)$/m.exec(out)?.[1] ?? '');
  const runs = ['base', 'other'].flatMap((arm) => ['1', '2'].map((seed) => join(arm, seed)));
  return Object.fromEntries(
    runs.map((name) => {
      const lines = readFileSync(join(folder, name, 'events.jsonl'), 'utf8');
      return [name, /"type":"run:end".*"digest":"(\w*)"/.exec(lines)?.[1] ?? ''];
    }),
  );
}

built('two at a time: every line says whose it is, and the weights are those of one at a time', async () => {
  const cwd = workplace('checkpoint: { keep: 2 }');
  const alone = await run(cwd, '--jobs', '1');
  const both = await run(cwd, '--jobs', '2');
  expect([alone.code, alone.err, both.code, both.err]).toEqual([0, '', 0, '']);
  expect(digestsOf(cwd, both)).toEqual(digestsOf(cwd, alone));
  expect(both.out).toContain('2 runs at a time');
  expect(both.out).toMatch(/^base, seed 1: epoch 4\/4 - /m);
  expect(both.out).toMatch(/^other, seed 2: completed after 4 epochs: /m);
  const folder = join(cwd, /^results: (.*)$/m.exec(both.out)?.[1] ?? '', 'other', '1');
  expect(readdirSync(join(folder, 'models'))).toHaveLength(2);
  expect(existsSync(join(folder, 'model', 'model.json'))).toBe(true);
});

built('a worker that dies once: its run goes on from its checkpoint', async () => {
  const cwd = workplace('dies: { once: true }');
  const { code, out, err } = await run(cwd, '--jobs', '2');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/Warning from other, seed 1: its worker thread ended .*goes on from epoch 2/);
  const whole = await run(cwd, '--jobs', '1');
  expect(digestsOf(cwd, { code, out, err })).toEqual(digestsOf(cwd, whole));
});

built('a worker that dies again: the run fails, the others do not', async () => {
  const cwd = workplace('dies: {}');
  const { code, out, err } = await run(cwd, '--jobs', '2');
  expect(code).toBe(1);
  expect(err).toMatch(
    /error: a run failed: other, seed 1: its worker thread ended, also when it was tried again/,
  );
  expect(out).toMatch(/base, seed 1: completed/);
  expect(out).toMatch(/base, seed 2: completed/);
});

built('a worker that runs out of memory costs its run', async () => {
  const host = testHost();
  const eats = `const eats = () => ({ name: 'eats', onEpochBegin(epoch) { if (epoch === 2) for (const all = [];;) all.push(new Array(1e5).fill(epoch)); } });
export default Object.assign(eats, { plugin: { kind: 'callback', name: 'eats', description: 'Eats memory.' } });
`;
  host.write('digits.yaml', experiment('eats: {}').replace('dies.mjs', 'eats.mjs'));
  host.write('eats.mjs', eats);
  const { code, out, err } = await wellfit(
    ['run', 'digits.yaml', '--no-report', '--jobs', '2', '--seeds', '1'],
    {
      cwd: host.cwd,
      env: { NODE_OPTIONS: '--max-old-space-size=150' },
    },
  );
  expect(code).toBe(1);
  expect(err).toMatch(/error: a run failed: other, seed 1: its worker thread ended.*memory/);
  expect(out).toMatch(/base, seed 1: completed/);
});

built('Ctrl-C ends all, and what was begun goes on later', async () => {
  const cwd = workplace('checkpoint: {}');
  let sent = false;
  const { code, err } = await wellfit(
    [
      'run',
      'digits.yaml',
      '--no-report',
      '--jobs',
      '2',
      '--set',
      'training.epochs=400',
      '--checkpoint-every',
      '0',
    ],
    {
      cwd,
      watch(text, child) {
        if (sent || !/base, seed 1: epoch 3\/400/.test(text)) return;
        sent = true;
        child.kill('SIGINT');
      },
    },
  );
  expect(code).toBe(130);
  expect(err).toMatch(/interrupted: (\S+) holds what was finished; go on with: wellfit resume \1/);
  const [folder] = readdirSync(join(cwd, 'runs'));
  expect(existsSync(join(cwd, 'runs', folder, 'base', '1', 'checkpoint', 'latest'))).toBe(true);
  expect(existsSync(join(cwd, 'runs', folder, 'running.json'))).toBe(false);
});
