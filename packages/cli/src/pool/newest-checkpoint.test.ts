import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCheckpoint } from '@wellfit/reporters';
import { newestCheckpoint } from './newest-checkpoint.js';

const run = { arm: 'a', seed: 1 };
const origin = { spec: 'x', backend: 'wasm', numerics: 'exact', versions: { a: '1', b: '2' } };
const none = { events: [], callbacks: [], slots: [], tensors: [] };

test('is that of this experiment, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wellfit-newest-'));
  try {
    expect(newestCheckpoint(folder, run, origin)).toBeUndefined();
    writeCheckpoint(folder, { ...run, epoch: 4, steps: 8, learningRate: 0.1, ...none }, origin);
    expect(newestCheckpoint(folder, run, { ...origin, versions: { b: '2', a: '1' } })?.epoch).toBe(4);
    expect(newestCheckpoint(folder, run, { ...origin, versions: { a: '1', b: '3' } })).toBeUndefined();
    writeFileSync(join(folder, 'a', '1', 'checkpoint', 'latest'), 'torn');
    expect(newestCheckpoint(folder, run, origin)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
