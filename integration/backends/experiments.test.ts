/**
 * Every built-in experiment, shortened and on generated data, gives the same losses on each backend. Needs a build, as each
 * backend runs in a process of its own.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunFolder } from '@wellfit/reporters';
import { experimentsOnData, shortened, type PrintedSpec } from '../stand-ins.js';
import { here, runScript } from './in-backend.js';

type Ended = readonly { readonly code: number; readonly out: string; readonly err: string }[];

/** How far losses may differ after one epoch, relatively to their size or to 1. */
const TOLERANCE = 1e-4;

/** Minutes in plain JavaScript otherwise; the layers are all there. */
const SMALLER: Readonly<Record<string, readonly string[]>> = {
  'cifar10-dropout': ['--set', 'model.blocks=[[4,4],[6,6]]', '--set', 'model.dense=[16]'],
};

const experiments = [...experimentsOnData, 'synthetic-capacity'] as const;
const built = existsSync(new URL('../../packages/cli/dist/index.js', import.meta.url));

let cwd = '';
beforeAll(() => (cwd = mkdtempSync(join(tmpdir(), 'wellfit-backends-'))));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const commands = (input: readonly (readonly string[])[]): Promise<Ended> =>
  runScript('run-experiments.mjs', [], { cwd, input: JSON.stringify(input) });

/** Logs of all runs by experiment, arm and seed. */
type Logs = Readonly<Record<string, Readonly<Record<string, number>>>>;

async function logsOn(backend: string): Promise<Logs> {
  const configs = await commands(experiments.map((name) => ['print-config', name, '--json']));
  const runs = configs.map(({ out }, i) => {
    const name = experiments[i];
    const changes =
      name === 'synthetic-capacity'
        ? ['--epochs', '1', '--set', 'dataset.train=300']
        : shortened(JSON.parse(out) as PrintedSpec);
    const options = ['--seeds', '1', '--backend', backend, '--quiet', '--no-report', '--no-models'];
    return ['run', name, ...changes, ...(SMALLER[name] ?? []), ...options];
  });
  const logs: Record<string, Readonly<Record<string, number>>> = {};
  for (const [i, { code, out, err }] of (await commands(runs)).entries()) {
    expect([experiments[i], code, err]).toEqual([experiments[i], 0, '']);
    const folder = join(cwd, /^results: (.*)$/m.exec(out)?.[1] ?? '');
    const { start, runs } = readRunFolder(folder);
    expect(start).toMatchObject({ backend, backendReason: 'asked for by name' });
    expect(JSON.parse(readFileSync(join(folder, 'experiment.json'), 'utf8'))).toMatchObject({
      numerics: backend === 'native' ? 'native' : 'exact',
    });
    for (const { arm, seed, epochs } of runs)
      logs[`${experiments[i]} ${arm} ${seed}`] = epochs[0]?.logs ?? {};
  }
  return logs;
}

let oracle: Logs;
beforeAll(async () => {
  if (built) oracle = await logsOn('cpu');
}, 300_000);

describe.each(['wasm', 'native'])('%s beside plain JavaScript', (backend) => {
  const available = built && here[backend] ? test : test.skip;

  available(
    'every built-in experiment has the same losses',
    async () => {
      const found = await logsOn(backend);
      expect(Object.keys(found)).toEqual(Object.keys(oracle));
      const off = Object.entries(oracle).flatMap(([run, logs]) =>
        Object.entries(logs)
          .filter(([log]) => log.endsWith('loss'))
          .filter(([log, loss]) => {
            const difference = Math.abs(found[run][log] - loss) / Math.max(1, Math.abs(loss));
            return !(difference <= TOLERANCE);
          })
          .map(([log, loss]) => ({ run, log, expected: loss, found: found[run][log] })),
      );
      expect(off).toEqual([]);
    },
    300_000,
  );
});
