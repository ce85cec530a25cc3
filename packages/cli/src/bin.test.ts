import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, node, wellfit } from './test-support/built-command.js';
import { testHost } from './test-support/test-host.js';

const LONG = `name: long
dataset: { name: synthetic-reviews, train: 256, validation: 64, test: 1 }
model: { name: mlp, units: [2] }
training: { epochs: 100000, batchSize: 16 }
arms: { base: , l2: { regularizers: { l2: 0.001 } } }
`;

const SHORT = LONG.replace('epochs: 100000', 'epochs: 5');

built('the built command starts and says its version', async () => {
  const { code, out, err } = await wellfit(['--version'], { cwd: testHost().cwd });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

built('a mistake: exit code 2, nothing on stdout', async () => {
  const { code, out, err } = await wellfit(['run', 'imdb-capcity'], { cwd: testHost().cwd });
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
  const { code, out, err } = await wellfit(['run', 'long.yaml'], {
    cwd: host.cwd,
    watch: (text, child) => {
      if (sent || !/base, seed 1: epoch 3\//.test(text)) return;
      sent = true;
      child.kill(signal);
    },
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

built('a report of a run that was killed says that it broke off, and compares what there is', async () => {
  const host = testHost();
  host.write('long.yaml', LONG);
  await wellfit(['run', 'long.yaml'], {
    cwd: host.cwd,
    watch: (text, child) => void (/poch 3\//.test(text) && child.kill('SIGKILL')),
  });
  const [folder] = readdirSync(join(host.cwd, 'runs'));
  const { code, err } = await wellfit(['report', join('runs', folder)], { cwd: host.cwd });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const page = readFileSync(join(host.cwd, 'runs', folder, 'report.html'), 'utf8');
  expect(page).toContain('This experiment broke off before all runs were done');
  expect(page).toContain('id="results"');
});

function statusOfRun(cwd: string): string {
  const [folder] = readdirSync(join(cwd, 'runs'));
  const record = readFileSync(join(cwd, 'runs', folder, 'experiment.json'), 'utf8');
  return (JSON.parse(record) as { status: string }).status;
}

built('a reader that goes away early does not end the run, and is no error', async () => {
  const host = testHost();
  host.write('short.yaml', SHORT);
  const { code, err } = await wellfit(['run', 'short.yaml', '--no-report'], {
    cwd: host.cwd,
    watch: (_, child) => child.stdout?.destroy(),
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(statusOfRun(host.cwd)).toBe('completed');
});

built.each([['list'], ['run', 'short.yaml', '--no-report']])(
  'output that cannot be written is an error in one line: %s',
  async (...args) => {
    const host = testHost();
    host.write('short.yaml', SHORT);
    const full = openSync('/dev/full', 'w');
    const { code, err } = await wellfit(args, { cwd: host.cwd, stdout: full });
    closeSync(full);
    expect(code).toBe(1);
    expect(err).toMatch(/^error: the output could not be written: ENOSPC[^\n]*\n$/);
    if (args[0] === 'run') expect(statusOfRun(host.cwd)).toBe('completed');
  },
);

built.each([
  ['a timer', 'setInterval(() => { throw new RangeError("too\\u001b[31m late"); }, 1)'],
  ['a promise', 'void Promise.reject(new RangeError("too\\u001b[31m late"))'],
])('an error that only %s of a plugin throws ends the run in good order', async (_, statement) => {
  const host = testHost();
  host.write('late.mjs', `export default () => ({ name: 'late', onEpochEnd(epoch) { ${statement}; } });`);
  host.write('long.yaml', `plugins: [./late.mjs]\ncallbacks: { late: true }\n${LONG}`);
  // In this process: in a thread of its own it would end that thread, and cost the run.
  const { code, err } = await wellfit(['run', 'long.yaml', '--jobs', '1'], { cwd: host.cwd });
  expect(code).toBe(1);
  expect(err).toMatch(
    /^error: thrown where nothing could catch it, [^\n]*: RangeError: too\\x1b\[31m late\ninterrupted: runs\/[^\n]*\n$/,
  );
  expect(statusOfRun(host.cwd)).toBe('cancelled');
});

built.each([
  ['exits at once', 'host.exit(130)'],
  ['dies by an error', 'setTimeout(() => { throw new Error("dead") })'],
])('a hidden cursor is shown again where the process %s', async (_, end) => {
  const index = new URL('../dist/index.js', import.meta.url).href;
  const script = `import { processHost } from '${index}'; const host = processHost(); host.stdout.write('\\u001b[?25l'); ${end};`;
  const { out } = await node(['--input-type=module', '-e', script], { cwd: testHost().cwd });
  expect(out).toBe('\u001b[?25l\u001b[?25h');
});
