import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { native, planBuild } from '@wellfit/backends';
import { built, wellfit } from './test-support/built-command.js';
import { testHost } from './test-support/test-host.js';

/** These need the native backend: `wellfit native build` says how to get it. */
const { available } = await native().probe();
const withNative = available ? built : test.skip;

const TINY = `name: tiny
dataset: { name: synthetic-digits, trainRows: 200, testRows: 50 }
model: { name: cnn, blocks: [[4]], dense: [8] }
training: { epochs: 2, batchSize: 50, optimizer: adam, trainEvaluation: false }
arms: { base: , dropout: { regularizers: { dropout: { rate: 0.2 } } } }
`;

withNative('native trains, and nothing that TensorFlow says spoils the output', async () => {
  const host = testHost();
  host.write('tiny.yaml', TINY);
  const args = ['run', 'tiny.yaml', '--no-report', '--backend'];
  const [inNative, inWasm] = [
    await wellfit([...args, 'native'], { cwd: host.cwd }),
    await wellfit([...args, 'wasm'], { cwd: host.cwd }),
  ];
  expect({ code: inNative.code, err: inNative.err }).toEqual({ code: 0, err: '' });
  expect(inNative.out).toMatch(/backend native, TensorFlow 2\.\d+\.\d+\)/);
  const losses = (out: string): number[] => {
    const folder = join(host.cwd, /^results: (.*)$/m.exec(out)?.[1] ?? '');
    const lines = readFileSync(join(folder, 'dropout', '1', 'events.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    return lines
      .map((line) => JSON.parse(line) as { type: string; logs?: { loss: number } })
      .flatMap(({ type, logs }) => (type === 'epoch:end' && logs ? [logs.loss] : []));
  };
  const expected = losses(inWasm.out);
  expect(expected).toHaveLength(2);
  losses(inNative.out).forEach((loss, epoch) => expect(loss).toBeCloseTo(expected[epoch], 4));
});

withNative('predictions by native are JSON, line by line', async () => {
  const host = testHost();
  host.write('tiny.yaml', TINY);
  const trained = await wellfit(['run', 'tiny.yaml', '--no-report', '--arms', 'base'], { cwd: host.cwd });
  const folder = /^results: (.*)$/m.exec(trained.out)?.[1] ?? '';
  const args = ['predict', folder, '--split', 'validation', '--rows', '0-9', '--json', '--backend', 'native'];
  const { code, out, err } = await wellfit(args, { cwd: host.cwd });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const rows = out.trimEnd().split('\n');
  expect(rows.map((row) => (JSON.parse(row) as { row: number }).row)).toEqual([...Array(10).keys()]);
});

withNative('a run on native is replayed on the same library, and its record says which it was', async () => {
  const host = testHost();
  host.write('tiny.yaml', TINY);
  const run = ['run', 'tiny.yaml', '--no-report', '--arms', 'base', '--backend', 'native'];
  const trained = await wellfit(run, { cwd: host.cwd });
  const folder = /^results: (.*)$/m.exec(trained.out)?.[1] ?? '';
  const path = join(host.cwd, folder, 'experiment.json');
  const text = readFileSync(path, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    backend: 'native',
    backendReason: 'asked for by name',
    numerics: 'native',
    versions: { tensorflow: expect.stringMatching(/^2\./) as string, 'tfjs-node': '4.22.0' },
  });
  const same = await wellfit(['replay', folder, '-q'], { cwd: host.cwd });
  expect(same).toMatchObject({ code: 0, err: '' });
  expect(same.out).toMatch(/^the same, bit for bit: 1 run, 2 epochs.*\(backend native, native numerics\)/);

  writeFileSync(path, text.replace(/"tensorflow": "2[\d.]+"/, '"tensorflow": "2.9.0"'));
  const other = await wellfit(['replay', folder, '-q'], { cwd: host.cwd });
  expect(other).toMatchObject({ code: 0, err: '' });
  expect(other.out).toMatch(
    /^the same within the tolerance: .*recorded on native, replayed on native: tensorflow was 2\.9\.0 and is 2/,
  );
});

/** A build needs tfjs-node and a TensorFlow, though not its addon. */
const tensorflow = process.env.WELLFIT_TENSORFLOW;
const plan = await planBuild({ compiler: 'g++', ...(tensorflow && { tensorflow }) }).catch(() => undefined);
const canBuild = plan ? built : test.skip;

canBuild('Ctrl-C during a build stops the compiler and changes nothing', async () => {
  const host = testHost();
  const compiler = host.write('slow-g++', '#!/bin/sh\nexec sleep 60\n');
  chmodSync(compiler, 0o755);
  const before = existsSync(plan!.addon);
  const args = [
    'native',
    'build',
    '--compiler',
    compiler,
    ...(tensorflow ? ['--tensorflow', tensorflow] : []),
  ];
  const { code, err } = await wellfit(args, {
    cwd: host.cwd,
    started: (child) => {
      child.stderr?.on('data', (text: Buffer) => {
        if (text.includes('compiling')) child.kill('SIGINT');
      });
    },
  });
  expect(code).toBe(130);
  expect(err).toBe('compiling the addon\ninterrupted: the build was stopped, and nothing was changed\n');
  expect(existsSync(plan!.addon)).toBe(before);
});
