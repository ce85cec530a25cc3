import type { Backend } from '@wellfit/core';
import { chooseBackend } from './choose-backend.js';

const backend = (name: string, available: boolean): Backend => ({
  name,
  probe: () => Promise.resolve({ available, detail: `${name} detail` }),
  activate: () => Promise.reject(new Error('choosing must not activate')),
});

const both = [backend('wasm', true), backend('native', true)];

test.each([
  [true, 'native'],
  [false, 'wasm'],
])('where wasm and native are there, auto asks the rule: native pays %s', async (native, expected) => {
  const work = { arm: 'wide', multiplications: 5 };
  const rule = (asked: unknown) => ({ native, reason: JSON.stringify(asked) });
  const options = { backends: both, rule, work: () => Promise.resolve(work) };
  const { backend: chosen, reason, probe } = await chooseBackend('auto', options);
  expect([chosen.name, reason]).toEqual([expected, JSON.stringify(work)]);
  expect(probe.detail).toBe(`${expected} detail`);
});

test('the size of the work is asked for only where something depends on it', async () => {
  const work = () => Promise.reject(new Error('asked'));
  const noNative = [backend('wasm', true), backend('native', false)];
  expect((await chooseBackend('auto', { backends: noNative, work })).reason).toBe(
    'the default; native: native detail',
  );
  expect((await chooseBackend('wasm', { backends: both, work })).reason).toBe('asked for by name');
  expect((await chooseBackend('auto', { backends: both, work, numerics: 'fast' })).reason).toBe(
    'the only one with fast numerics',
  );
});

test('where nothing is to be trained, wasm', async () => {
  const { backend: chosen, reason } = await chooseBackend('auto', { backends: both });
  expect([chosen.name, reason]).toEqual([
    'wasm',
    'the default; native is taken for the training of large models only',
  ]);
});

test('auto falls back in order and says what is missing', async () => {
  const all = [backend('wasm', false), backend('native', true), backend('cpu', true)];
  const { backend: chosen, reason } = await chooseBackend('auto', { backends: all });
  expect(chosen.name).toBe('native');
  expect(reason).toContain('wasm (wasm detail)');
});

test('a backend asked for by name is taken even where another is preferred', async () => {
  const all = [backend('wasm', true), backend('native', true), backend('cpu', true)];
  expect((await chooseBackend('cpu', { backends: all })).backend.name).toBe('cpu');
});

test('a missing backend is an error with the way to get it, never a silent replacement', async () => {
  const all = [backend('wasm', true), backend('native', false)];
  await expect(chooseBackend('native', { backends: all })).rejects.toMatchObject({
    code: 'backend-missing',
    message: 'The backend native cannot run here: native (native detail).',
  });
});

test('where nothing runs the error names every backend', async () => {
  const all = [backend('wasm', false), backend('cpu', false)];
  await expect(chooseBackend('auto', { backends: all })).rejects.toThrow(
    /wasm \(wasm detail\); cpu \(cpu detail\)/,
  );
});

test('a backend without fast numerics is refused by its name', async () => {
  await expect(chooseBackend('cpu', { numerics: 'fast' })).rejects.toThrow(
    'The backend cpu has no fast numerics: use the backend wasm, or numerics: exact.',
  );
});

test('fast numerics leave only wasm', async () => {
  const backends = [backend('wasm', false), backend('native', true)];
  const choice = chooseBackend('auto', { backends, numerics: 'fast' });
  await expect(choice).rejects.toThrow(/wasm \(wasm detail\); native \(has no fast numerics\)/);
});
