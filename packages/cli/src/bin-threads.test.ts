import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built, node, wellfit } from './test-support/built-command.js';
import { testHost } from './test-support/test-host.js';

const BIN = fileURLToPath(new URL('../bin/wellfit.js', import.meta.url));

const digits = (epochs: number): string => `name: threads
dataset: { name: synthetic-digits, trainRows: 400, testRows: 100 }
model: { name: mlp, units: [128] }
training: { epochs: ${epochs}, batchSize: 100, trainEvaluation: false }
arms: { base: }
`;

interface Recorded {
  readonly status: string;
  readonly digest: string;
  readonly numerics: string;
  readonly backendDetail?: string;
}

const read = (cwd: string, out: string, ...file: string[]): Recorded => {
  const folder = join(cwd, /^results: (.*)$/m.exec(out)?.[1] ?? '');
  return JSON.parse(readFileSync(join(folder, ...file), 'utf8')) as Recorded;
};

built('a thread that is killed in the middle of training: the run fails, exit code 1, no hang', async () => {
  const host = testHost();
  host.write('long.yaml', digits(100_000));
  // Node tells the process of every thread that is started in it.
  const kill = 'process.once("worker", (thread) => setTimeout(() => thread.terminate(), 2000))';
  const args = ['--import', `data:text/javascript,${kill}`, BIN, 'run', 'long.yaml', '--threads', '2'];
  const { code, out, err } = await node(args, { cwd: host.cwd });
  expect(code).toBe(1);
  expect(err).toMatch(/a run failed: base, seed 1: .*A thread of the training kernels is gone/s);
  expect(read(host.cwd, out, 'base', '1', 'run.json').status).toBe('failed');
});

built('threads change no result; fast numerics are recorded and named', async () => {
  const host = testHost();
  host.write('short.yaml', digits(2));
  const run = (...args: string[]) =>
    wellfit(['run', 'short.yaml', '--no-report', ...args], { cwd: host.cwd });
  const [one, three, fast] = [
    await run('--threads', '1'),
    await run('--threads', '3'),
    await run('--threads', '2', '--numerics', 'fast'),
  ];
  expect([one, three, fast].map(({ code, err }) => ({ code, err }))).toEqual(
    Array.from({ length: 3 }, () => ({ code: 0, err: '' })),
  );
  const runs = [one, three, fast].map(({ out }) => read(host.cwd, out, 'base', '1', 'run.json'));
  expect(runs.map(({ numerics }) => numerics)).toEqual(['exact', 'exact', 'fast']);
  expect(runs[1].digest).toBe(runs[0].digest);
  expect(three.out).toContain('backend wasm, 3 threads)');
  expect(fast.out).toContain('backend wasm, 2 threads, fast numerics)');
  expect(read(host.cwd, three.out, 'experiment.json').backendDetail).toBe('3 threads');
});

built('a wrong number of threads is a mistake of the user', async () => {
  const { code, err } = await wellfit(['run', 'synthetic-capacity', '--threads', '0'], {
    cwd: testHost().cwd,
  });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('threads') as string });
});
