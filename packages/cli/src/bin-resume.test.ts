/** Experiments that are killed at any moment and resumed end in the bits of one that was left alone. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, wellfit, type Ended } from './test-support/built-command.js';
import { testHost } from './test-support/test-host.js';

const DIGITS = `name: digits
dataset: { name: synthetic-digits, trainRows: 1000, testRows: 200 }
model: { name: mlp, units: [256, 64], normalization: batch }
training: { epochs: 12, batchSize: 50, optimizer: adam }
seeds: 2
regularizers: { dropout: 0.3 }
arms:
  base:
  stopped: { callbacks: { early-stopping: { patience: 2, restoreBestWeights: true }, schedule: { kind: one-cycle } } }
`;

function workplace(): string {
  const host = testHost();
  host.write('digits.yaml', DIGITS);
  return host.cwd;
}

const resultsOf = ({ out }: Ended): string => /^results: (.*)$/m.exec(out)?.[1] ?? '';

/** What the runs were, but for their times: all events of all runs. What was read back has its keys in another order. */
function recordOf(folder: string): object[] {
  const runs = ['base', 'stopped'].flatMap((arm) => ['1', '2'].map((seed) => join(folder, arm, seed)));
  return runs.flatMap((run) => {
    const lines = readFileSync(join(run, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    return lines.map((line) => ({ ...(JSON.parse(line) as object), durationMs: 0 }));
  });
}

const unfinished = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'))
    : [];
const left = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /checkpoint|running|tmp/.test(name),
  );

built.each([1, 2])(
  'killed at random moments, with %d at a time: the same curves, digests and final weights',
  async (jobs) => {
    const cwd = workplace();
    const options = ['-q', '--no-report', '--jobs', String(jobs), '--checkpoint-every', '0'];
    const whole = await wellfit(['run', 'digits.yaml', ...options], { cwd });
    expect({ code: whole.code, err: whole.err }).toEqual({ code: 0, err: '' });

    const kill = async (args: string[]): Promise<Ended> =>
      wellfit(args, {
        cwd,
        started: (child) => void setTimeout(() => child.kill('SIGKILL'), 900 + Math.random() * 1500),
      });
    await kill(['run', 'digits.yaml', '--out', 'killed', ...options]);
    const [name] = existsSync(join(cwd, 'killed')) ? readdirSync(join(cwd, 'killed')) : [];
    let folder = join('killed', name ?? 'none');
    if (!existsSync(join(cwd, folder, 'experiment.json'))) {
      folder = resultsOf(await wellfit(['run', 'digits.yaml', '--out', 'killed', ...options], { cwd }));
    }
    for (let times = 0; times < 4; times++) await kill(['resume', folder, ...options]);
    const end = await wellfit(['resume', folder, ...options], { cwd });
    expect({ code: end.code, err: end.err }).toEqual({ code: 0, err: '' });
    expect(recordOf(join(cwd, folder))).toEqual(recordOf(join(cwd, resultsOf(whole))));
    expect(left(join(cwd, folder))).toEqual([]);
  },
  180_000,
);

built(
  'killed while it writes checkpoints: the same again',
  async () => {
    const cwd = workplace();
    const options = ['-q', '--no-report', '--jobs', '1', '--checkpoint-every', '0'];
    const whole = await wellfit(['run', 'digits.yaml', ...options], { cwd });
    let kills = 0;
    const seen = new Set<string>();
    const killInWrite = async (args: string[], times: number): Promise<void> => {
      const child = wellfit(args, {
        cwd,
        started(one) {
          // A file that is not renamed yet is being written.
          const look = setInterval(() => {
            if (one.exitCode !== null || one.signalCode !== null) return clearInterval(look);
            const begun = unfinished(join(cwd, 'killed')).filter((file) => file.includes('latest.'));
            // Not one that the kill before this one has left.
            if (begun.every((file) => seen.has(file))) return;
            begun.forEach((file) => seen.add(file));
            kills += 1;
            one.kill('SIGKILL');
            clearInterval(look);
          }, 1 + times);
        },
      });
      await child;
    };
    await killInWrite(['run', 'digits.yaml', '--out', 'killed', ...options], 0);
    const [name] = readdirSync(join(cwd, 'killed'));
    const folder = join('killed', name);
    for (let times = 0; times < 3; times++) {
      await killInWrite(['resume', folder, ...options], times);
    }
    expect(kills).toBeGreaterThan(0);
    const end = await wellfit(['resume', folder, ...options], { cwd });
    expect({ code: end.code, err: end.err }).toEqual({ code: 0, err: '' });
    expect(recordOf(join(cwd, folder))).toEqual(recordOf(join(cwd, resultsOf(whole))));
    expect(left(join(cwd, folder))).toEqual([]);
  },
  180_000,
);

built('a run whose newest checkpoint is torn starts again and says so', async () => {
  const cwd = workplace();
  const args = ['-q', '--no-report', '--jobs', '1', '--checkpoint-every', '0'];
  await wellfit(['run', 'digits.yaml', '--no-report', '--jobs', '1', '--checkpoint-every', '0'], {
    cwd,
    watch: (text, child) => {
      if (/Epoch 5/.test(text)) child.kill('SIGKILL');
    },
  });
  const [name] = readdirSync(join(cwd, 'runs'));
  const at = join('runs', name);
  const file = join(cwd, at, 'base', '1', 'checkpoint', 'latest');
  writeFileSync(file, readFileSync(file).subarray(0, -1000));
  const { code, err } = await wellfit(['resume', at, ...args], { cwd });
  expect(code).toBe(0);
  expect(err).toMatch(/^note: base, seed 1 starts at its first epoch: .*is incomplete or damaged/);
  const again = await wellfit(['resume', at], { cwd });
  expect(again.out).toMatch(/is complete/);
});

built('a folder is run by one process at a time', async () => {
  const cwd = workplace();
  let second: Promise<Ended> | undefined;
  const first = await wellfit(['run', 'digits.yaml', '--no-report', '--jobs', '1'], {
    cwd,
    watch: (text) => {
      if (second || !/Epoch 3/.test(text)) return;
      const [name] = readdirSync(join(cwd, 'runs'));
      second = wellfit(['resume', join('runs', name)], { cwd });
    },
  });
  const refused = await second;
  expect(first.code).toBe(0);
  expect(refused?.code).toBe(1);
  expect(refused?.err).toMatch(/^error: runs\/digits-\S+ is in use: process \d+ on /);
});
