import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checkpoint, RunEvent } from '@wellfit/core';
import { readCheckpoint, removeCheckpoint, writeCheckpoint } from './checkpoint-file.js';
import { decodeCheckpoint } from './decode-checkpoint.js';
import { encodeCheckpoint } from './encode-checkpoint.js';

const run = { arm: 'l2', seed: 3 };
const origin = { spec: 'ab', backend: 'wasm', numerics: 'exact', versions: { wellfit: '0.1.0' } };
const events: RunEvent[] = [
  {
    ...run,
    type: 'run:start',
    dataset: 'd',
    trainRows: 8,
    epochs: 5,
    stepsPerEpoch: 2,
    parameters: 3,
    summary: 'a\nb',
  },
  { ...run, type: 'epoch:start', epoch: 1 },
  {
    ...run,
    type: 'epoch:end',
    epoch: 1,
    logs: { loss: 0.1 },
    learningRate: 0.1,
    durationMs: 3,
    digest: 'ff',
  },
];
const checkpoint: Checkpoint = {
  ...run,
  epoch: 1,
  steps: 2,
  learningRate: 0.1 / 3,
  events,
  callbacks: [{ name: 'early-stopping', state: { best: 0.1 / 7, wait: null } }, { name: 'own' }],
  slots: [{ slot: 'early-stopping/0/best', epoch: 1 }],
  tensors: [
    { name: 'weights/a/kernel', shape: [2, 1], values: Float32Array.of(0.1, -0) },
    { name: 'weights/empty', shape: [0, 4], values: new Float32Array(0) },
    { name: 'optimizer/1', shape: [], values: Int32Array.of(-7) },
  ],
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wellfit-checkpoints-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('gives back every bit', () => {
  writeCheckpoint(folder, checkpoint, origin);
  expect(readCheckpoint(folder, run)).toEqual({ checkpoint, origin });
  const [first] = readCheckpoint(folder, run)!.checkpoint.tensors;
  expect(Object.is(first.values[1], -0)).toBe(true);
});

test('a new one takes the place of the old one, and nothing is left beside it', () => {
  writeCheckpoint(folder, checkpoint, origin);
  writeCheckpoint(folder, { ...checkpoint, epoch: 2 }, origin);
  expect(readCheckpoint(folder, run)?.checkpoint.epoch).toBe(2);
  expect(readdirSync(join(folder, 'l2', '3', 'checkpoint'))).toEqual(['latest']);
  removeCheckpoint(folder, run);
  expect(readdirSync(join(folder, 'l2', '3'))).toEqual([]);
  expect(readCheckpoint(folder, run)).toBeUndefined();
  removeCheckpoint(folder, run);
});

test('torn anywhere, or with any bit turned, it is refused', () => {
  const bytes = encodeCheckpoint(checkpoint, origin);
  const message = expect.stringMatching(/^here .*Remove it/) as string;
  const bad = expect.objectContaining({ code: 'bad-checkpoint', message }) as Error;
  const refused = (changed: Uint8Array): void => expect(() => decodeCheckpoint(changed, 'here')).toThrow(bad);
  for (let length = 0; length < bytes.length; length += 7) refused(bytes.subarray(0, length));
  for (let at = 0; at < bytes.length; at += 5) {
    const changed = bytes.slice();
    changed[at] ^= 1 << (at % 8);
    refused(changed);
  }
  refused(Uint8Array.of(...bytes, 0));
});

/** As somebody would make it who knows how: the hash is right. */
function forged(change: (header: Record<string, unknown>) => void): Uint8Array {
  const tensors = checkpoint.tensors.map((tensor) => ({ ...tensor }));
  const made = { ...structuredClone({ ...checkpoint, tensors: [] }), tensors } as unknown as Record<
    string,
    unknown
  >;
  change(made);
  return encodeCheckpoint(made as unknown as Checkpoint, origin);
}

test.each<[string, (header: Record<string, unknown>) => void, RegExp]>([
  ['an epoch before the first', (h) => void (h.epoch = 0), /wrong epoch/],
  ['a learning rate of nothing', (h) => void (h.learningRate = null), /wrong learningRate/],
  ['an unknown key', (h) => void (h.extra = 1), /nrecognized key/],
  ['an event that is none', (h) => void (h.events = [{ type: 'run:begin' }]), /wrong events/],
  [
    'a tensor larger than the file',
    (h) => void (h.tensors = [{ name: 'x', shape: [1e9, 1e9], values: new Float32Array(1) }]),
    /ends within x/,
  ],
  [
    'a tensor smaller than its values',
    (h) => void (h.tensors = [{ name: 'x', shape: [1], values: new Float32Array(3) }]),
    /8 bytes too many/,
  ],
])('refuses %s', (_, change, message) => {
  expect(() => decodeCheckpoint(forged(change), 'here')).toThrow(message);
});

test('a key that would change all objects changes none', () => {
  const state = JSON.parse('{"__proto__": {"polluted": true}}') as never;
  const bytes = encodeCheckpoint({ ...checkpoint, callbacks: [{ name: 'x', state }] }, origin);
  decodeCheckpoint(bytes, 'here');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('that of another run is refused, as is what cannot be read or written', () => {
  writeCheckpoint(folder, checkpoint, origin);
  const file = readFileSync(join(folder, 'l2', '3', 'checkpoint', 'latest'));
  mkdirSync(join(folder, 'l2', '4', 'checkpoint'), { recursive: true });
  writeFileSync(join(folder, 'l2', '4', 'checkpoint', 'latest'), file);
  expect(() => readCheckpoint(folder, { arm: 'l2', seed: 4 })).toThrow(/is that of l2, seed 3/);

  writeFileSync(join(folder, 'occupied'), '');
  expect(() => writeCheckpoint(join(folder, 'occupied'), checkpoint, origin)).toThrow(
    expect.objectContaining({ code: 'write-failed' }) as Error,
  );
  expect(() => writeCheckpoint(folder, { ...checkpoint, arm: '../out' }, origin)).toThrow(
    /cannot be a folder's name/,
  );
  expect(existsSync(join(folder, '..', 'out'))).toBe(false);
});
