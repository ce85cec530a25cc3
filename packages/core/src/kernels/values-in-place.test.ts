import { scalar, tensor1d, tensor2d, variable } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { valuesInPlace } from './values-in-place.js';

describe.each(['wasm', 'cpu'] as const)('values in place on %s', (backend) => {
  useBackend(backend);

  test('are those that dataSync gives, of the same type', () => {
    for (const x of [
      tensor2d([1, -2, 3.5, 0.1], [2, 2]),
      tensor1d([7, -8], 'int32'),
      tensor1d([true, false], 'bool'),
      scalar(3),
    ]) {
      expect(valuesInPlace(x)).toEqual(x.dataSync());
      x.dispose();
    }
  });

  test('follow a variable that is assigned', () => {
    const first = tensor1d([1, 2]);
    const v = variable(first);
    expect([...valuesInPlace(v)]).toEqual([1, 2]);
    const next = tensor1d([3, 4]);
    v.assign(next);
    expect([...valuesInPlace(v)]).toEqual([3, 4]);
    first.dispose();
    next.dispose();
    v.dispose();
  });

  test('of a tensor that was disposed are an error', () => {
    const x = scalar(1);
    x.dispose();
    expect(() => valuesInPlace(x)).toThrow('disposed');
  });
});

describe('on wasm', () => {
  useBackend('wasm');

  test('they are no copy', () => {
    const x = tensor1d([1, 2]);
    expect(valuesInPlace(x).buffer).toBe(valuesInPlace(x).buffer);
    x.dispose();
  });
});
