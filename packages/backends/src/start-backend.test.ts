import type { Backend } from '@wellfit/core';
import { BackendError } from './errors.js';
import { startBackend } from './start-backend.js';

const activation = { numerics: 'exact', detail: '', reason: '' } as const;
const backend = (name: string, error?: Error): Backend => ({
  name,
  probe: () => Promise.resolve({ available: true, detail: '' }),
  activate: () => (error ? Promise.reject(error) : Promise.resolve(activation)),
});

const broken = backend('native', new BackendError('backend-failed', 'native does not load: get it so.'));

async function warningsOf(body: () => Promise<unknown>): Promise<readonly unknown[][]> {
  const emitWarning = process.emitWarning.bind(process);
  const warnings: unknown[][] = [];
  process.emitWarning = (...values: unknown[]) => void warnings.push(values);
  try {
    await body();
  } finally {
    process.emitWarning = emitWarning;
  }
  return warnings;
}

test('activates what is chosen', async () => {
  const started = await startBackend('auto', { backends: [backend('wasm'), broken] });
  expect(started).toMatchObject({ activation, backend: { name: 'wasm' } });
});

test('where auto meets a native that does not load, it warns in one line and goes on in the next', async () => {
  const warnings = await warningsOf(async () => {
    const started = await startBackend('auto', { backends: [broken, backend('wasm')] });
    expect(started.backend.name).toBe('wasm');
    expect(started.reason).toMatch(/; native was chosen \(.*\), but does not load$/);
  });
  expect(warnings).toEqual([['native does not load: get it so.', { code: 'WELLFIT_NATIVE' }]]);
});

test.each<[string, 'auto' | 'native' | 'wasm', Backend[]]>([
  ['native that was asked for by name', 'native', [broken, backend('wasm')]],
  ['native where nothing else is', 'auto', [broken]],
  ['wasm', 'auto', [backend('wasm', new BackendError('backend-failed', 'no')), backend('cpu')]],
  ['what is mixed', 'auto', [backend('native', new BackendError('unsupported', 'mixed')), backend('wasm')]],
  ['a bug', 'auto', [backend('native', new TypeError('bug')), backend('wasm')]],
])('never replaces %s', async (_, request, backends) => {
  const warnings = await warningsOf(() => expect(startBackend(request, { backends })).rejects.toThrow());
  expect(warnings).toEqual([]);
});
