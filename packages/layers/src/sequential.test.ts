import { ones, tensor2d, tensor4d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream, type ModelShapes, type Site } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { activation } from './activation.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { flatten } from './flatten.js';
import { glorotUniform, ones as onesInitializer } from './initializers/index.js';
import type { LayerBuilder } from './layer.js';
import { noise } from './noise.js';
import { sequential } from './sequential.js';

useBackend();

const shapes: ModelShapes = { inputKind: 'dense', inputShape: [3], outputs: 1, outputActivation: 'sigmoid' };
const random = (purpose: string) => randomStream(1, purpose);
const output = dense({ name: 'output', units: 1, role: 'output', kernelInitializer: onesInitializer() });
const hidden = (units: number): LayerBuilder =>
  dense({
    name: 'hidden_1',
    units,
    activation: 'relu',
    role: 'hidden',
    kernelInitializer: onesInitializer(),
  });

test('applies its layers in a row and returns logits', async () => {
  await expectNoLeak(() => {
    const model = sequential({ name: 'net', shapes, layers: [hidden(2), output], random });
    tidy(() => {
      const x = tensor2d([
        [1, 2, 3],
        [-1, -2, 1],
      ]);
      expect([...model.forward(x, { training: false }).dataSync()]).toEqual([12, 0]);
    });
    model.dispose();
  });
});

test('offers its input and activation sites to noise, and names its kernels', () => {
  const model = sequential({
    name: 'net',
    shapes,
    layers: [hidden(2), activation({ name: 'again', activation: 'relu' }), output],
    random,
  });
  const visited: Site[] = [];
  const noise = (site: Site, x: Tensor): Tensor => {
    visited.push(site);
    return x;
  };
  tidy(() => void model.forward(ones([1, 3]), { training: true, noise }));
  expect(visited.map(({ layer, kind, role }) => `${layer} ${kind} ${role}`)).toEqual([
    'input input input',
    'hidden_1 activation hidden',
    'again activation hidden',
    'output activation output',
  ]);
  // Each visited site must be one that the model declares: regularizers find them by identity.
  for (const site of visited) expect(model.sites).toContain(site);
  const kernels = model.sites.filter(({ kind }) => kind === 'kernel');
  expect(kernels.map(({ weight }) => weight?.name)).toEqual(['hidden_1/kernel', 'output/kernel']);
  model.dispose();
});

test('the same seed gives the same weights to layers of the same name and shape', () => {
  const kernelInitializer = glorotUniform();
  const build = (units: number[]) =>
    sequential({
      name: 'net',
      shapes,
      random,
      layers: [
        ...units.map((width, i) =>
          dense({ name: `hidden_${i + 1}`, units: width, role: 'hidden', kernelInitializer }),
        ),
        dense({ name: 'output', units: 1, role: 'output', kernelInitializer }),
      ],
    });
  const [narrow, deep] = [build([4]), build([4, 4])];
  const kernelOf = (model: typeof narrow, name: string) => [
    ...model.weights.find((weight) => weight.name === name)!.variable.dataSync(),
  ];
  expect(kernelOf(deep, 'hidden_1/kernel')).toEqual(kernelOf(narrow, 'hidden_1/kernel'));
  expect(kernelOf(deep, 'output/kernel')).toEqual(kernelOf(narrow, 'output/kernel'));
  narrow.dispose();
  deep.dispose();
});

test('a multi-hot input is no site: noise there would do nothing', () => {
  const model = sequential({
    name: 'net',
    shapes: { ...shapes, inputKind: 'multi-hot' },
    layers: [hidden(2), output],
    random,
  });
  expect(model.sites.map(({ kind }) => kind)).not.toContain('input');
  model.dispose();
});

test.each<[string, ModelShapes, LayerBuilder[], string]>([
  [
    'ends too wide',
    shapes,
    [hidden(2)],
    'Model net ends in the layer hidden_1 with the shape [2], but the data needs [1]',
  ],
  ['has no layers', shapes, [], 'Model net has no layers and ends in the shape [3], but the data needs [1]'],
  [
    'ends in an image',
    { ...shapes, inputShape: [2, 2, 1] },
    [noise({ name: 'noise_1' })],
    'Model net ends in the layer noise_1 with the shape [2, 2, 1], but the data needs [1]',
  ],
  ['has a layer without units', shapes, [hidden(0), output], 'Layer hidden_1 needs a whole number of units'],
  ['has two layers of one name', shapes, [hidden(2), hidden(2), output], 'Two layers are named hidden_1'],
  [
    'gets images',
    { ...shapes, inputShape: [28, 28] },
    [hidden(2), output],
    'Layer hidden_1 needs flat rows, but its input has the shape [28, 28]',
  ],
])('a model that %s is refused and leaves nothing behind', async (_, wrong, layers, message) => {
  await expectNoLeak(() => {
    expect(() => sequential({ name: 'net', shapes: wrong, layers, random })).toThrow(message);
  });
});

test('shows what each layer with a kernel or an activation gives', () => {
  const model = sequential({
    name: 'net',
    shapes: { ...shapes, inputShape: [4, 4, 1] },
    layers: [
      conv2d({
        name: 'conv',
        filters: 2,
        kernelSize: 3,
        padding: 'same',
        kernelInitializer: onesInitializer(),
        role: 'hidden',
      }),
      noise({ name: 'noise_1' }),
      flatten({ name: 'flatten' }),
      output,
    ],
    random,
  });
  const seen: [string, number[]][] = [];
  const x = tensor4d(new Float32Array(32), [2, 4, 4, 1]);
  tidy(() => {
    model.forward(x, { training: false, watch: (layer, { shape }) => seen.push([layer, shape]) });
  });
  expect(seen).toEqual([
    ['conv', [2, 4, 4, 2]],
    ['output', [2, 1]],
  ]);
  x.dispose();
  model.dispose();
});
