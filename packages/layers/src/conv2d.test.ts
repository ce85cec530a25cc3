import { randomStreams } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { conv2d, type Conv2dOptions } from './conv2d.js';
import { zeros } from './initializers/index.js';
import {
  buildFor,
  disposeLayer,
  expectClose,
  kerasConvolution,
  runCase,
} from './test-support/keras-convolution.js';

const base: Conv2dOptions = {
  name: 'conv_1',
  filters: 3,
  kernelSize: 3,
  kernelInitializer: zeros(),
  role: 'hidden',
};

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  test.each(kerasConvolution.convolutions)(
    'follows Keras: kernel $kernelSize, strides $strides, padding $padding, $activation',
    (given) => {
      const { kernelSize, strides, padding, activation, kernel, bias } = given;
      const layer = buildFor(conv2d({ ...base, kernelSize, strides, padding, activation }), given, {
        kernel,
        bias,
      });
      const { shape, y, dx, dweights } = runCase(layer, given);
      expect(shape).toEqual(given.outputShape);
      expect(layer.outputShape).toEqual(given.outputShape.slice(1));
      expectClose(y, given.y);
      expectClose(dx, given.dx);
      expectClose(dweights[0], given.dkernel);
      expectClose(dweights[1], given.dbias);
      disposeLayer(layer);
    },
  );
});

describe('whatever the backend', () => {
  useBackend('cpu');

  test('has a kernel site, an activation site and its whole configuration', () => {
    const layer = conv2d({ ...base, kernelSize: [2, 3], useBias: false, activation: 'relu' })({
      inputShape: [8, 8, 4],
      random: randomStreams(1),
    });
    expect(layer.weights.map(({ name, variable }) => [name, variable.shape])).toEqual([
      ['conv_1/kernel', [2, 3, 4, 3]],
    ]);
    expect(layer.sites.map(({ layer: name, kind, role }) => [name, kind, role])).toEqual([
      ['conv_1', 'kernel', 'hidden'],
      ['conv_1', 'activation', 'hidden'],
    ]);
    expect(layer.config).toEqual({
      type: 'Conv2D',
      name: 'conv_1',
      filters: 3,
      kernelSize: [2, 3],
      strides: [1, 1],
      padding: 'valid',
      activation: 'relu',
      useBias: false,
      kernelInitializer: { name: 'zeros' },
    });
    disposeLayer(layer);
  });

  test.each<[string, Partial<Conv2dOptions>, number[], string]>([
    [
      'flat rows',
      {},
      [784],
      'Layer conv_1 needs images [height, width, channels], but its input has the shape [784]',
    ],
    ['images without channels', {}, [28, 28], 'but its input has the shape [28, 28]'],
    [
      'images smaller than the kernel',
      { kernelSize: [3, 5] },
      [8, 4, 1],
      'Layer conv_1: a kernel of 3 x 5 does not fit into images of the shape [8, 4, 1]',
    ],
    [
      'no filters',
      { filters: 0 },
      [8, 8, 1],
      'Layer conv_1 needs a whole number of filters, at least 1, not 0',
    ],
    ['half a stride', { strides: 0.5 }, [8, 8, 1], 'rows and columns to stride, at least 1, not 0.5'],
    [
      'a kernel of nothing',
      { kernelSize: 0 },
      [8, 8, 1],
      'rows and columns of its kernel, at least 1, not 0',
    ],
  ])('refuses %s', (_, options, inputShape, message) => {
    const build = conv2d({ ...base, ...options });
    expect(() => build({ inputShape, random: randomStreams(1) })).toThrow(message);
  });

  test('refuses multi-hot rows', () => {
    const host = { inputShape: [9], inputKind: 'multi-hot', random: randomStreams(1) } as const;
    expect(() => conv2d(base)(host)).toThrow('Layer conv_1 cannot read multi-hot rows of the shape [9]');
  });
});
