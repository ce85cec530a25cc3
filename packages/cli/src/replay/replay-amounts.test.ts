/** Which tensor differs, and by how much, where one weight of the record is another one. */
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from '@wellfit/formats';
import { writeCheckpoint } from '@wellfit/reporters';
import { TINY } from '../test-support/command.js';
import { resultsOf, useRecordedRun } from '../test-support/recorded-run.js';
import type { ReplayResult } from './replay-result.js';

const recorded = useRecordedRun();
const TENSOR = 'output/kernel';
const OFF = 0.25;
let folder: string;
let copies = 0;

beforeAll(async () => {
  const { cwd, wellfit } = recorded();
  const kept = TINY.replace('epochs: 2', 'epochs: 4') + 'callbacks: { checkpoint: { keep: 100 } }\n';
  writeFileSync(join(cwd, 'kept.yaml'), kept);
  folder = resultsOf(await wellfit('run', 'kept.yaml', '--arms', 'base', '--no-report', '-q'));
});

/** A copy of the run, its own folder in it, and the values of one of its weights that are off in one place. */
async function perturbed(from: string) {
  const { cwd } = recorded();
  const copy = `amounts-${(copies += 1)}`;
  cpSync(join(cwd, folder), join(cwd, copy), { recursive: true });
  const run = join(cwd, copy, 'base', '1');
  const { weights } = await loadModel(join(run, from));
  const before = weights.get(TENSOR)!.values;
  const values = Float32Array.from(before, (value, i) => (i === 1 ? value + OFF : value));
  return { copy, run, weights, before, values };
}

/** The record of an epoch, as if the run had had these values in it. */
function changeRecord(run: string, epoch: number, values: Float32Array): void {
  const hash = createHash('sha256').update(Buffer.from(values.buffer)).digest('hex').slice(0, 8);
  const file = join(run, 'events.jsonl');
  const lines = readFileSync(file, 'utf8').split('\n');
  const changed = lines.map((line) => {
    if (!line.includes('"epoch:end"')) return line;
    const event = JSON.parse(line) as { epoch: number; digest: string; tensors: Record<string, string> };
    if (event.epoch !== epoch) return line;
    return JSON.stringify({
      ...event,
      digest: 'f'.repeat(64),
      tensors: { ...event.tensors, [TENSOR]: hash },
    });
  });
  writeFileSync(file, changed.join('\n'));
}

/** Puts the values in place of those of a saved model. */
function changeModel(model: string, before: Float32Array, values: Float32Array): void {
  const file = join(model, 'weights.bin');
  const bytes = readFileSync(file);
  const at = bytes.indexOf(Buffer.from(before.buffer, before.byteOffset, before.byteLength));
  expect(at).toBeGreaterThanOrEqual(0);
  Buffer.from(values.buffer).copy(bytes, at);
  writeFileSync(file, bytes);
}

const replay = async (copy: string) => {
  const { code, err } = await recorded().wellfit('replay', copy, '-q');
  const { out } = await recorded().wellfit('replay', copy, '--json');
  return { code, err: err(), difference: (JSON.parse(out()) as ReplayResult).difference };
};

test.each(['models/best-epoch-2', 'checkpoint'])(
  'one weight of epoch 2 is off: %s says by how much',
  async (from) => {
    const { copy, run, weights, before, values } = await perturbed('models/best-epoch-2');
    changeRecord(run, 2, values);
    changeModel(join(run, 'models', 'best-epoch-2'), before, values);
    if (from === 'checkpoint') {
      rmSync(join(run, 'models'), { recursive: true });
      const tensors = [...weights].map(([name, { shape, values: same }]) => ({
        name: `weights/${name}`,
        shape,
        values: name === TENSOR ? values : same,
      }));
      const state = { steps: 8, learningRate: 0.01, events: [], callbacks: [], slots: [], tensors };
      const origin = { spec: '', backend: 'wasm', numerics: 'exact', versions: {} };
      writeCheckpoint(join(recorded().cwd, copy), { arm: 'base', seed: 1, epoch: 2, ...state }, origin);
    }
    const { code, err, difference } = await replay(copy);
    expect(code).toBe(3);
    expect(err).toMatch(/^differs: base, seed 1, epoch 2: /);
    expect(err).toMatch(/the first tensor that differs: output\/kernel \(1 of \d\)/);
    const where = from === 'checkpoint' ? 'the checkpoint' : 'the saved model \\(models/best-epoch-2\\)';
    expect(err).toMatch(new RegExp(`\\n {2}compared with ${where}, 1 tensor is off:`));
    expect(err).toMatch(/\n {4}output\/kernel: by at most 0\.250, relatively \d\.\d+; value 1: /);
    expect(difference).toMatchObject({ epoch: 2, weightsFrom: from });
    const [weight, ...others] = difference?.weights ?? [];
    expect(others).toEqual([]);
    expect(weight).toMatchObject({ tensor: TENSOR, index: 1, recorded: values[1], replayed: before[1] });
    expect(weight.difference).toBeCloseTo(OFF, 6);
    expect(weight.relative).toBeCloseTo(OFF / Math.max(Math.abs(values[1]), Math.abs(before[1])), 6);
  },
);

test('a model that is not that of the record tells nothing, and it is said which option keeps one', async () => {
  const { copy, run, before, values } = await perturbed('models/best-epoch-3');
  changeRecord(
    run,
    3,
    Float32Array.from(values, (value) => value + 1),
  );
  changeModel(join(run, 'models', 'best-epoch-3'), before, values);
  const { err, difference } = await replay(copy);
  expect(difference).not.toHaveProperty('weights');
  expect(err).toMatch(/by how much cannot be said: the folder has no weights of epoch 3/);
});
