import { mul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { randomStreams } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { noise } from './noise.js';

useBackend();

test('hands what passes to noise at its site, and is otherwise the identity', () => {
  const layer = noise({ name: 'noise_1' })({ inputShape: [2], random: randomStreams(1) });
  tidy(() => {
    const x = tensor2d([[1, 2]]);
    expect(layer.forward(x, { training: true })).toBe(x);
    const doubled = layer.forward(x, {
      training: true,
      noise: (site, value) => mul(value, layer.sites.includes(site) ? 2 : 0),
    });
    expect([...doubled.dataSync()]).toEqual([2, 4]);
  });
  expect(layer.sites).toEqual([{ layer: 'noise_1', kind: 'activation', role: 'hidden' }]);
});
