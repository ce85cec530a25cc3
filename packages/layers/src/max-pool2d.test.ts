import { randomStreams } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { maxPool2d } from './max-pool2d.js';
import { buildFor, expectClose, kerasConvolution, runCase } from './test-support/keras-convolution.js';

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  test.each(kerasConvolution.pools)(
    'follows Keras: pool $poolSize, strides $strides, padding $padding',
    (given) => {
      const { poolSize, strides, padding } = given;
      const layer = buildFor(maxPool2d({ name: 'pool_1', poolSize, strides, padding }), given);
      const { shape, y, dx } = runCase(layer, given);
      expect(shape).toEqual(given.outputShape);
      expect(layer.outputShape).toEqual(given.outputShape.slice(1));
      expectClose(y, given.y);
      expectClose(dx, given.dx);
    },
  );
});

describe('whatever the backend', () => {
  useBackend('cpu');

  test('is by default 2 x 2, moves as far as it is large, and is no site', () => {
    const host = { inputShape: [8, 8, 4], random: randomStreams(1) };
    const layer = maxPool2d({ name: 'pool_1' })(host);
    expect(layer.config).toEqual({
      type: 'MaxPooling2D',
      name: 'pool_1',
      poolSize: [2, 2],
      strides: [2, 2],
      padding: 'valid',
    });
    expect(layer.sites).toEqual([]);
    expect(maxPool2d({ name: 'pool_1', poolSize: [3, 2] })(host).outputShape).toEqual([2, 4, 4]);
  });

  test.each([
    [[1000], 2, 'Layer pool_1 needs images [height, width, channels], but its input has the shape [1000]'],
    [[1, 6, 4], 2, 'Layer pool_1: a pool of 2 x 2 does not fit into images of the shape [1, 6, 4]'],
    [
      [6, 6, 4],
      1.5,
      'Layer pool_1 needs a whole number of rows and columns of its pool, at least 1, not 1.5',
    ],
  ])('refuses images of the shape %j with a pool of %d', (inputShape, poolSize, message) => {
    const build = maxPool2d({ name: 'pool_1', poolSize });
    expect(() => build({ inputShape, random: randomStreams(1) })).toThrow(message);
  });
});
