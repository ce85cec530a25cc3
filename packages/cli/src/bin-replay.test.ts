import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, wellfit, type Ended } from './test-support/built-command.js';
import { testHost } from './test-support/test-host.js';

const DIGITS = `name: digits
dataset: { name: synthetic-digits, trainRows: 400, testRows: 100 }
model: { name: mlp, units: [128] }
training: { epochs: 3, batchSize: 100 }
seeds: 2
arms:
  base:
  dropout: { regularizers: { dropout: 0.3 } }
  early: { callbacks: { early-stopping: { monitor: val_loss, restoreBestWeights: true } } }
`;

/** Runs the experiment in a new folder. */
async function recorded(...args: string[]) {
  const host = testHost();
  host.write('digits.yaml', DIGITS);
  const { cwd } = host;
  const { code, err, out } = await wellfit(['run', 'digits.yaml', '-q', '--no-report', ...args], { cwd });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const folder = /^results: (.*)$/m.exec(out)?.[1] ?? '';
  const replay = (...more: string[]): Promise<Ended> => wellfit(['replay', folder, ...more], { cwd });
  return { cwd, folder, replay };
}

built(
  'a run is the same again with any number of threads; a changed digest is found at its epoch',
  async () => {
    const { cwd, folder, replay } = await recorded('--threads', '2');
    for (const threads of ['1', '3']) {
      const { code, out, err } = await replay('--threads', threads);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/the same, bit for bit: 6 runs, 18 epochs, and the final weights of 6 runs /);
    }
    const file = join(cwd, folder, 'dropout', '1', 'events.jsonl');
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('"epoch:end"') && line.includes('"epoch":2'));
    lines[at] = lines[at].replace(/"digest":"\w{8}/, '"digest":"00000000');
    writeFileSync(file, lines.join('\n'));
    const { code, out, err } = await replay('-q');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(
      /^differs: dropout, seed 1, epoch 2: the digest is \w{16}, and 00000000\w{8} is recorded\n/,
    );
  },
);

built('a run of fast numerics is replayed with fast numerics', async () => {
  const { cwd, folder, replay } = await recorded('--numerics', 'fast');
  const { numerics } = JSON.parse(readFileSync(join(cwd, folder, 'experiment.json'), 'utf8')) as {
    readonly numerics: string;
  };
  expect(numerics).toBe('fast');
  const { code, out } = await replay('-q');
  expect(code).toBe(0);
  expect(out).toContain('(backend wasm, fast numerics)');
});

built('another backend gives the same losses, but for rounding', async () => {
  const { replay } = await recorded();
  const { code, out, err } = await replay('-q', '--backend', 'cpu', '--seed', '1', '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ same: true, comparedBy: 'losses', backend: 'cpu' });
});

built('Ctrl-C in the middle of a replay: exit code 130', async () => {
  const { replay, cwd, folder } = await recorded();
  expect((await replay('-q', '--epochs', '1')).code).toBe(0);
  let sent = false;
  const { code, err } = await wellfit(['replay', folder], {
    cwd,
    watch(text, child) {
      // Once: a second one quits without a word.
      if (sent || !text.includes('Epoch 1/')) return;
      sent = true;
      child.kill('SIGINT');
    },
  });
  expect(code).toBe(130);
  expect(err).toMatch(
    /^stopping after the step in hand.*\ninterrupted: \d+ epochs were the same until then\n/,
  );
});
