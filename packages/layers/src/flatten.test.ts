import { range, reshape, tidy } from '@tensorflow/tfjs-core';
import { randomStreams } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { flatten } from './flatten.js';

useBackend();

test('lays out images in row-major order, as Keras does', () => {
  const layer = flatten({ name: 'flatten' })({ inputShape: [2, 3, 2], random: randomStreams(1) });
  tidy(() => {
    const y = layer.forward(reshape(range(0, 24), [2, 2, 3, 2]), { training: false });
    expect(y.shape).toEqual([2, 12]);
    expect([...y.dataSync()]).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });
  expect(layer.outputShape).toEqual([12]);
});
