import { cnnConfig, mlpConfig, noisyConfig } from '../test-support/models.js';
import { thrown } from '../test-support/failure.js';
import { toKerasLayers } from './to-keras-layers.js';

test('the last layer applies the output activation, where it has none', () => {
  expect(toKerasLayers(cnnConfig).at(-1)).toMatchObject({
    class_name: 'Dense',
    config: { name: 'output', units: 3, activation: 'softmax' },
  });
});

test('a layer of its own applies it elsewhere, under a name that is free', () => {
  const named = { type: 'Noise', name: 'output_activation' } as const;
  const written = toKerasLayers({ ...mlpConfig, layers: [named, ...mlpConfig.layers] });
  expect(written.map(({ class_name }) => class_name)).toEqual([
    'Dense',
    'Dense',
    'BatchNormalization',
    'Activation',
  ]);
  expect(written.at(-1)).toMatchObject({ config: { name: 'output_activation_1', activation: 'sigmoid' } });
});

test('noise is left out, also behind the last layer', () => {
  const [noise, hidden, output] = noisyConfig.layers;
  const written = toKerasLayers({ ...noisyConfig, layers: [noise, hidden, output, noise] });
  expect(written.map(({ config }) => [config.name, config.activation])).toEqual([
    ['hidden_1', 'elu'],
    ['output', 'sigmoid'],
  ]);
});

test.each(['a/b', '.', 'top_level_model_weights'])('the name %s is refused', (name) => {
  const layers = [{ type: 'Flatten', name } as const];
  const attempt = () => toKerasLayers({ ...mlpConfig, layers });
  expect(attempt).toThrow(thrown('bad-name', JSON.stringify(name)));
});
