import { backend_util, conv2d, tensor, tidy, type Rank } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { backwardConvolution, forwardConvolution } from './convolution-shape.js';
import { winogradPays } from './winograd.js';

useBackend('wasm');

type Shape4 = [number, number, number, number];

const planned = (input: Shape4, filter: Shape4, strides = 1, dilations = 1) =>
  backend_util.computeConv2DInfo(input, filter, strides, dilations, 'same');

test('it is taken for filters of 3 x 3 with enough channels, forward and backward', () => {
  const info = planned([2, 8, 8, 16], [3, 3, 16, 32]);
  expect([forwardConvolution(info), backwardConvolution(info)].map(winogradPays)).toEqual([true, true]);
});

test.each([
  ['other filters', planned([2, 8, 8, 16], [5, 3, 16, 32])],
  ['strides', planned([2, 8, 8, 16], [3, 3, 16, 32], 2)],
  ['dilations', planned([2, 8, 8, 16], [3, 3, 16, 32], 1, 2)],
  ['few channels', planned([2, 8, 8, 8], [3, 3, 8, 32])],
  ['channels that are no multiple of four', planned([2, 8, 8, 18], [3, 3, 18, 32])],
  ['images of one pixel, whose tiles would stand over', planned([2, 1, 1, 16], [3, 3, 16, 32])],
  ['so many channels that the tiles do not fit', planned([2, 8, 8, 1024], [3, 3, 1024, 1024])],
])('it is not taken for %s', (_, info) => {
  expect([forwardConvolution(info), backwardConvolution(info)].map(winogradPays)).toEqual([false, false]);
});

test('its error is no larger than that of sums of float32 in their order', () => {
  const [size, channels, filters] = [8, 32, 16];
  const draw = (length: number, purpose: string): Float32Array => {
    const { uniform } = randomStream(1, purpose);
    return Float32Array.from({ length }, () => uniform() - 0.5);
  };
  const x = draw(size * size * channels, 'x');
  const w = draw(9 * channels * filters, 'w');
  const got = tidy(() => {
    const images = tensor<Rank.R4>(x, [1, size, size, channels]);
    const filter = tensor<Rank.R4>(w, [3, 3, channels, filters]);
    return conv2d(images, filter, 1, 'same').dataSync();
  });
  let [ours, naive] = [0, 0];
  for (let place = 0; place < size * size; place++) {
    const [row, column] = [Math.floor(place / size), place % size];
    for (let k = 0; k < filters; k++) {
      let [exact, single] = [0, 0];
      for (let tap = 0; tap < 9; tap++) {
        const [y, z] = [row + Math.floor(tap / 3) - 1, column + (tap % 3) - 1];
        if (y < 0 || z < 0 || y >= size || z >= size) continue;
        for (let c = 0; c < channels; c++) {
          const product = x[(y * size + z) * channels + c] * w[(tap * channels + c) * filters + k];
          exact += product;
          single = Math.fround(single + Math.fround(product));
        }
      }
      ours += (got[place * filters + k] - exact) ** 2;
      naive += (single - exact) ** 2;
    }
  }
  expect(Math.sqrt(ours)).toBeLessThan(Math.sqrt(naive));
});
