import type { Measurement } from './measure-backends.js';
import { renderMeasurement } from './render-measurement.js';

const measurement: Measurement = {
  experiment: 'mine',
  arm: 'wide',
  batchSize: 32,
  multiplications: 1_234_567_890,
  backends: [
    { backend: 'wasm', msPerStep: 74.06, steps: 25, detail: '2 threads', numerics: 'exact' },
    { backend: 'native', msPerStep: 63, steps: 25, detail: 'TensorFlow 2.21.0', numerics: 'native' },
    { backend: 'cpu', problem: 'missing' },
  ],
  auto: { backend: 'wasm', reason: 'so says the rule' },
};

test('a table of milliseconds, what auto takes, and what was faster', () => {
  expect(renderMeasurement(measurement)).toBe(
    [
      'a training step of mine, arm wide, batches of 32; 1,235 million multiplications in convolutions',
      '',
      'backend  ms per step  steps',
      'wasm            74.1     25   auto   2 threads',
      'native          63.0     25          TensorFlow 2.21.0',
      'cpu                -      -          missing',
      '',
      'auto takes wasm: so says the rule',
      'native was the fastest here: --backend native takes it',
      '',
    ].join('\n'),
  );
});

test('where auto takes the fastest, there is nothing to add', () => {
  const auto = { backend: 'native', reason: 'it pays' };
  expect(renderMeasurement({ ...measurement, auto })).toMatch(/auto takes native: it pays\n$/);
});
