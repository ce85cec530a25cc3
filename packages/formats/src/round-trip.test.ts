import { readdirSync } from 'node:fs';
import { tensor2d, tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { MultiHot } from '@wellfit/core';
import type { SequentialConfig } from '@wellfit/layers';
import { useBackend } from '@wellfit/testing';
import {
  buildModel,
  detectFormat,
  formats,
  loadModel,
  savedModel,
  saveModel,
  type FormatName,
} from './index.js';
import { toKerasTopology } from './keras-config/to-keras-topology.js';
import { failure, thrown } from './test-support/failure.js';
import {
  cnnConfig,
  largestDifference,
  linearConfig,
  mlpConfig,
  noisyConfig,
  predictions,
  someRows,
  trainedModel,
} from './test-support/models.js';
import { useFolder } from './test-support/use-folder.js';

useBackend();
const inFolder = useFolder();
const names: readonly [FormatName, string][] = [
  ['tfjs', 'model'],
  ['keras-h5', 'model.h5'],
  ['keras', 'model.keras'],
];

/** Normalization behind the last layer keeps the output activation apart, so that it comes back as it was. */
const kept: readonly [string, SequentialConfig, SequentialConfig][] = [
  ['of every layer', cnnConfig, cnnConfig],
  ['that ends in a normalization', mlpConfig, mlpConfig],
  ['with noise', noisyConfig, mlpConfig],
  ['with every initializer', linearConfig, linearConfig],
];

describe.each(names)('%s', (format, name) => {
  test.each(kept)('a model %s comes back as it was, to the bit', async (_, config, expected) => {
    const model = trainedModel(config);
    const path = inFolder(`deeper/${name}`);
    await saveModel(model, path);
    expect(await detectFormat(path)).toBe(format);
    const loaded = await loadModel(path);
    expect(loaded.config).toEqual(expected);
    expect(loaded.notes).toEqual([]);
    expect(loaded.weights).toEqual(savedModel(model).weights);

    const copy = buildModel(loaded);
    const rows = someRows(config.inputShape);
    expect(predictions(copy, rows)).toEqual(predictions(model, rows));
    model.dispose();
    copy.dispose();
  });

  test('replaces what was there and leaves nothing beside it', async () => {
    const path = inFolder(name);
    for (const config of [linearConfig, mlpConfig]) {
      const model = trainedModel(config);
      await saveModel(model, path);
      model.dispose();
    }
    expect((await loadModel(path)).config.name).toBe('mlp');
    expect(readdirSync(inFolder(''))).toEqual([name]);
  });

  test('refuses weights that are not those of the layers, before anything is written', async () => {
    const model = trainedModel(mlpConfig);
    const saved = savedModel(model);
    model.dispose();
    const weights = new Map(saved.weights);
    const kernel = weights.get('hidden_1/kernel')!;
    const save = () => formats[format].save({ ...saved, weights }, inFolder(name));
    weights.set('hidden_1/kernel', { ...kernel, shape: [3, 4] });
    await expect(save()).rejects.toMatchObject(failure('wrong-weights', '[4, 3]'));
    weights.delete('hidden_1/kernel');
    await expect(save()).rejects.toMatchObject(failure('wrong-weights', 'hidden_1/kernel'));
    weights.set('hidden_1/kernel', kernel).set('stray/kernel', kernel);
    await expect(save()).rejects.toMatchObject(failure('wrong-weights', 'stray/kernel'));
    expect(readdirSync(inFolder(''))).toEqual([]);
  });

  test('refuses a name that Keras would not open', async () => {
    const model = trainedModel(mlpConfig);
    const { layers, ...config } = { ...mlpConfig };
    const slashed = trainedModel({
      ...config,
      layers: layers.map((layer) => ({ ...layer, name: `a/${layer.name}` })),
    });
    await expect(saveModel(slashed, inFolder(name))).rejects.toMatchObject({ code: 'bad-name' });
    if (format !== 'tfjs') {
      const saving = saveModel(model, inFolder('model.bin'), format);
      await expect(saving).rejects.toMatchObject({ code: 'bad-name' });
    }
    model.dispose();
    slashed.dispose();
  });
});

test('a model that does not say of which layers it is made cannot be saved', () => {
  const model = trainedModel(mlpConfig);
  const other = { ...model, name: 'black-box', config: { layers: 3 } };
  expect(() => savedModel(other)).toThrow('Model black-box cannot be saved');
  const unknown = { ...model, config: { ...mlpConfig, layers: [{ type: 'LSTM', name: 'memory' }] } };
  expect(() => savedModel(unknown)).toThrow('layers.0.type');
  model.dispose();
});

test('a saved model is a copy: training on does not change it', () => {
  const model = trainedModel(mlpConfig);
  const saved = savedModel(model);
  const before = [...saved.weights.get('hidden_1/bias')!.values];
  const { variable } = model.weights.find(({ name }) => name === 'hidden_1/bias')!;
  tidy(() => variable.assign(zerosLike(variable)));
  expect([...saved.weights.get('hidden_1/bias')!.values]).toEqual(before);
  model.dispose();
});

test.each(names)(
  '%s holds architectures that are longer than an attribute of HDF5 may be',
  async (_, name) => {
    const [hidden, output] = mlpConfig.layers;
    const layers = Array.from({ length: 200 }, (__, i) => ({ ...hidden, name: `hidden_${i}` }));
    const config = { ...mlpConfig, layers: [...layers, output] };
    expect(JSON.stringify(toKerasTopology(config)).length).toBeGreaterThan(65_536);
    const model = trainedModel(config);
    await saveModel(model, inFolder(name));
    expect((await loadModel(inFolder(name))).weights).toEqual(savedModel(model).weights);
    model.dispose();
  },
);

test('a loaded model can read multi-hot rows', () => {
  const model = trainedModel({ ...mlpConfig, layers: mlpConfig.layers.slice(0, 2) });
  const copy = buildModel(savedModel(model), { inputKind: 'multi-hot' });
  const inputs: MultiHot = {
    kind: 'multi-hot',
    indices: Int32Array.of(0, 2, 3),
    offsets: Int32Array.of(0, 2, 3),
    width: 4,
  };
  tidy(() => {
    const dense = tensor2d([
      [1, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
    const expected = [...model.forward(dense, { training: false }).dataSync()];
    const actual = [...copy.forward(inputs, { training: false }).dataSync()];
    expect(largestDifference(actual, expected)).toBeLessThan(1e-6);
  });
  expect(copy.sites.some(({ kind }) => kind === 'input')).toBe(false);
  model.dispose();
  copy.dispose();
});

test('weights that do not fit build no model', () => {
  const model = trainedModel(mlpConfig);
  const saved = savedModel(model);
  model.dispose();
  expect(() => buildModel({ ...saved, weights: new Map() })).toThrow(
    'hidden_1/kernel of shape [4, 3] is missing',
  );
  const config = { ...mlpConfig, inputShape: [4, 4] };
  expect(() => buildModel({ ...saved, config })).toThrow(
    thrown(
      'bad-file',
      'Layer hidden_1 (Dense) needs rows of 1 dimension, but its input has the shape [4, 4]',
    ),
  );
});
