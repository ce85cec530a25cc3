import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testHost } from './test-support/test-host.js';

const BIN = fileURLToPath(new URL('../bin/wellfit.js', import.meta.url));
// `npm test` builds first; a single package's tests may run without a build.
const built = existsSync(new URL('../dist/index.js', import.meta.url)) ? test : test.skip;

const LONG = `name: long
dataset: { name: synthetic-reviews, train: 256, validation: 64, test: 1 }
model: { name: mlp, units: [2] }
training: { epochs: 100000, batchSize: 16 }
arms: { base: , l2: { regularizers: { l2: 0.001 } } }
`;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the built command; `watch` sees its output so far each time some comes. */
function wellfit(
  args: readonly string[],
  cwd: string,
  watch?: (out: string, child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
    watch?.(out, child);
  });
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

built('the built command starts and says its version', async () => {
  const { code, out, err } = await wellfit(['--version'], testHost().cwd);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

built('a mistake: exit code 2, nothing on stdout', async () => {
  const { code, out, err } = await wellfit(['run', 'imdb-capcity'], testHost().cwd);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Did you mean imdb-capacity?');
});

built.each([
  ['SIGINT' as const, 130],
  ['SIGTERM' as const, 143],
])('%s in the middle of training: exit code %d, and the run folder can be read', async (signal, expected) => {
  const host = testHost();
  host.write('long.yaml', LONG);
  let sent = false;
  const { code, out, err } = await wellfit(['run', 'long.yaml'], host.cwd, (text, child) => {
    if (sent || !text.includes('Epoch 3/')) return;
    sent = true;
    child.kill(signal);
  });
  expect(code).toBe(expected);
  expect(err).toMatch(/interrupted: runs\/long-\S+ holds what was finished/);
  const folder = join(host.cwd, /^results: (.*)$/m.exec(out)?.[1] ?? '');
  const run = JSON.parse(readFileSync(join(folder, 'base', '1', 'run.json'), 'utf8')) as {
    status: string;
    epochs: number;
  };
  expect(run.status).toBe('cancelled');
  const events = readFileSync(join(folder, 'base', '1', 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(events.filter((line) => (JSON.parse(line) as { type: string }).type === 'epoch:end')).toHaveLength(
    run.epochs,
  );
  expect(run.epochs).toBeGreaterThanOrEqual(2);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('</html>');
});

built('a reader that goes away early is no error', async () => {
  const { err } = await wellfit(['list'], testHost().cwd, (_, child) => child.stdout?.destroy());
  expect(err).toBe('');
});
