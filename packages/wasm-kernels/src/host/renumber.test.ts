import {
  backend,
  conv2d,
  depthwiseConv2d,
  engine,
  matMul,
  ones,
  prelu,
  tensor,
  tidy,
  type NamedAttrMap,
  type Rank,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { useBackend } from '@wellfit/testing';
import { renumber } from './renumber.js';

const images = (): Tensor4D => ones<Rank.R4>([1, 4, 4, 2]);

describe('of TensorFlow.js alone', () => {
  useBackend('stock-wasm');

  test.each<[string, number[], (weight: Tensor) => Tensor]>([
    ['matMul', [4, 2], (weight) => matMul(ones([4, 4]), weight)],
    ['conv2d', [2, 2, 2, 1], (weight) => conv2d(images(), weight as Tensor4D, 1, 'valid')],
    ['depthwiseConv2d', [2, 2, 2, 1], (weight) => depthwiseConv2d(images(), weight as Tensor4D, 1, 'valid')],
    ['prelu', [2], (weight) => prelu(tensor([-1, -2], [1, 2]), weight)],
  ])('%s sees weights that were changed in place, and all memory is given back', (_, shape, use) => {
    const wasm = backend() as BackendWasm;
    const before = wasm.numDataIds();
    tidy(() => {
      const weight = ones(shape);
      const first = use(weight).dataSync();
      wasm.typedArrayFromHeap(weight).fill(3);
      renumber(wasm, weight);
      expect([...use(weight).dataSync()]).toEqual(Array.from(first, (value) => 3 * value));
      expect([...weight.dataSync()]).toEqual(Array.from(weight.dataSync(), () => 3));
    });
    expect(wasm.numDataIds()).toBe(before);
  });
});

describe('with the training kernels', () => {
  useBackend('wasm');

  test('a step of an optimizer is seen by a layer whose kernel is that of TensorFlow.js', () => {
    tidy(() => {
      const weight = ones([2, 2, 2, 1]);
      const sum = (): number => depthwiseConv2d(images(), weight as Tensor4D, 1, 'valid').dataSync()[0];
      expect(sum()).toBe(4);
      const step = { rate: 0.5 } as unknown as NamedAttrMap;
      engine().runKernel('WellfitSgd', { weight, gradient: ones(weight.shape) }, step);
      expect(sum()).toBe(2);
    });
  });
});
