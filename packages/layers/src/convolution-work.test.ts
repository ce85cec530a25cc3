import { randomStreams, type Json, type ModelShapes } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { conv2d } from './conv2d.js';
import { convolutionWork } from './convolution-work.js';
import { glorotUniform } from './initializers/index.js';
import { dense } from './dense.js';
import { flatten } from './flatten.js';
import { maxPool2d } from './max-pool2d.js';
import { sequential } from './sequential.js';
import type { LayerBuilder } from './layer.js';

useBackend('cpu');

const shapes: ModelShapes = {
  inputKind: 'dense',
  inputShape: [8, 10, 3],
  outputs: 2,
  outputActivation: 'softmax',
};

const hidden = { kernelInitializer: glorotUniform(), role: 'hidden' } as const;

function workOf(...layers: LayerBuilder[]): number | undefined {
  const all = [
    ...layers,
    flatten({ name: 'flat' }),
    dense({ ...hidden, name: 'output', role: 'output', units: 2 }),
  ];
  const model = sequential({ name: 'net', shapes, layers: all, random: randomStreams(1) });
  model.dispose();
  return convolutionWork(model.config);
}

test('places of the kernel times its size, layer by layer, behind pools on what is left', () => {
  const first = 8 * 10 * (3 * 3 * 3) * 4;
  const same = conv2d({ ...hidden, name: 'a', filters: 4, kernelSize: 3, padding: 'same' });
  expect(workOf(same)).toBe(first);
  const second = 2 * 3 * (3 * 3 * 4) * 5;
  const valid = conv2d({ ...hidden, name: 'b', filters: 5, kernelSize: 3, padding: 'valid' });
  expect(workOf(same, maxPool2d({ name: 'pool' }), valid)).toBe(first + second);
  const strided = conv2d({
    ...hidden,
    name: 'c',
    filters: 1,
    kernelSize: 2,
    strides: [3, 2],
    padding: 'valid',
  });
  expect(workOf(strided)).toBe(3 * 5 * (2 * 2 * 3) * 1);
});

test('none where there are no convolutions; unknown for other models', () => {
  expect(workOf()).toBe(0);
  const others: Json[] = [{}, null, 'net', { layers: 3 }];
  expect(others.map((config) => convolutionWork(config))).toEqual(Array(4).fill(undefined));
});
