import { clone, setBackend, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { ownVariable } from '../own-variable.js';
import { updateMovingAverage } from './moving-average.js';

useBackend('wasm');

const AVERAGE = [0.1, -5, 3e20, 0, NaN, 1 / 3, 7];
const CURRENT = [1, 2, -3e20, 1e-40, 5, Infinity, 7];

function updated(): number[] {
  const average = ownVariable(Float32Array.from(AVERAGE), [7], false);
  const values = tidy(() => {
    updateMovingAverage(average, tensor1d(CURRENT), 0.99);
    return [...average.dataSync<'float32'>()];
  });
  average.dispose();
  return values;
}

test('the kernel gives the bits of the composed form', async () => {
  const got = updated();
  await setBackend('cpu');
  const expected = updated();
  await setBackend('wasm');
  expect(got).toEqual(expected);
});

test('others who share the data keep their values', () => {
  const average = ownVariable(Float32Array.from([1, 2]), [2], false);
  const kept = clone(average);
  tidy(() => updateMovingAverage(average, tensor1d([3, 3]), 0.5));
  expect([...average.dataSync()]).toEqual([2, 2.5]);
  expect([...kept.dataSync()]).toEqual([1, 2]);
  kept.dispose();
  average.dispose();
});
