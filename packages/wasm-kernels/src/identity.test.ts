import { backend, clone, keep, memory, reshape, tensor1d, tidy, variable } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';

useBackend('wasm');

test('a clone shares the values and outlives the original', () => {
  const before = backend().numDataIds();
  const original = tensor1d([1, 2, 3]);
  const copy = clone(original);
  expect(backend().numDataIds()).toBe(before + 1);
  original.dispose();
  expect([...copy.dataSync()]).toEqual([1, 2, 3]);
  const column = reshape(copy, [3, 1]);
  const second = clone(column);
  for (const used of [copy, column]) used.dispose();
  expect([...second.dataSync()]).toEqual([1, 2, 3]);
  second.dispose();
  expect(backend().numDataIds()).toBe(before);
});

test('values are freed with the last that has them', () => {
  const before = backend().numDataIds();
  const { numBytes, numDataBuffers } = memory();
  const original = tensor1d([1, 2, 3]);
  const copies = Array.from({ length: 5 }, () => clone(original));
  for (const copy of copies) copy.dispose();
  expect(backend().numDataIds()).toBe(before + 1);
  original.dispose();
  expect(backend().numDataIds()).toBe(before);
  expect(memory()).toMatchObject({ numBytes, numDataBuffers });
});

test('a variable that is assigned anew leaves what was cloned from it as it was', () => {
  const initial = tensor1d([1, 2]);
  const weight = variable(initial);
  const kept = keep(clone(weight));
  tidy(() => weight.assign(tensor1d([3, 4])));
  expect([...kept.dataSync()]).toEqual([1, 2]);
  expect([...weight.dataSync()]).toEqual([3, 4]);
  expect([...initial.dataSync()]).toEqual([1, 2]);
  for (const used of [initial, kept, weight]) used.dispose();
});

test.each(['int32', 'bool'] as const)('clones %s', (dtype) => {
  tidy(() => {
    const copy = clone(tensor1d([1, 0, 1], dtype));
    expect(copy.dtype).toBe(dtype);
    expect([...copy.dataSync()]).toEqual([1, 0, 1]);
  });
});

test('clones text, whose values lie elsewhere', () => {
  tidy(() => {
    expect([...clone(tensor1d(['a', 'b'], 'string')).dataSync<'string'>()]).toEqual(['a', 'b']);
  });
});
