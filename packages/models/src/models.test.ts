import { randomNormal, square, sum, tidy, variableGrads, type Scalar } from '@tensorflow/tfjs-core';
import { randomStreams, type ModelPreset, type ModelShapes } from '@wellfit/core';
import { sequentialFrom, type SequentialConfig } from '@wellfit/layers';
import { useBackend } from '@wellfit/testing';
import { cnn, mlp, sequential } from './index.js';

// On wasm only @wellfit/backends adds the gradients of convolutions.
useBackend('cpu');

const shapes: ModelShapes = {
  inputKind: 'dense',
  inputShape: [4, 4, 2],
  outputs: 2,
  outputActivation: 'softmax',
};

const presets: readonly [string, ModelPreset][] = [
  ['mlp', mlp({ units: [3, 3], activation: 'tanh' })],
  ['mlp, normalized', mlp({ units: [3], activation: 'tanh', normalization: 'batch' })],
  ['cnn', cnn({ blocks: [[2, 2], [3]], dense: [4], activation: 'elu' })],
  ['cnn, normalized', cnn({ blocks: [[2], [3]], dense: [], activation: 'elu', normalization: 'batch' })],
  [
    'sequential',
    sequential({
      layers: [
        'batch-normalization',
        { conv2d: 2 },
        'noise',
        'max-pool2d',
        { activation: 'elu' },
        { dense: 3 },
      ],
    }),
  ],
];

test.each(presets)('the gradient reaches every trained weight: %s', (_, preset) => {
  const model = preset.build(shapes, randomStreams(1));
  const trained = model.weights.filter(({ trainable }) => trainable);
  tidy(() => {
    const x = randomNormal([3, ...shapes.inputShape], 0, 1, 'float32', 1);
    const loss = (): Scalar => sum(square(model.forward(x, { training: true })));
    const { grads } = variableGrads(
      loss,
      trained.map(({ variable }) => variable),
    );
    for (const { name, variable } of trained) {
      // A normalization takes out the bias right before it, whose gradient is nothing but rounding.
      if (name.endsWith('/bias') && model.weights.some((weight) => weight.name.endsWith('/gamma'))) continue;
      const [norm] = sum(square(grads[variable.name])).dataSync();
      expect([name, norm > 1e-9]).toEqual([name, true]);
    }
  });
  model.dispose();
});

test.each(presets)('a model can be built again from its configuration: %s', (_, preset) => {
  const model = preset.build(shapes, randomStreams(1));
  const copy = sequentialFrom(model.config as SequentialConfig, { random: randomStreams(1) });
  expect(copy.config).toEqual(model.config);
  const places = ({ sites }: typeof model) => sites.map(({ layer, kind, role }) => [layer, kind, role]);
  expect(places(copy)).toEqual(places(model));
  model.dispose();
  copy.dispose();
});
