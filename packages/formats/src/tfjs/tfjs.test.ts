import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { useBackend } from '@wellfit/testing';
import { buildModel, formats, loadModel, savedModel } from '../index.js';
import { failure } from '../test-support/failure.js';
import {
  cnnConfig,
  largestDifference,
  linearConfig,
  mlpConfig,
  predictions,
  someRows,
  trainedModel,
} from '../test-support/models.js';
import { useFolder } from '../test-support/use-folder.js';

useBackend();
const inFolder = useFolder();

/** Opens a folder as TensorFlow.js does through any of its file handlers. */
function openWithTfjs(folder: string): Promise<LayersModel> {
  const description = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: [] }[];
  };
  const [{ paths, weights }] = description.weightsManifest;
  const bytes = readFileSync(join(folder, paths[0]));
  return loadLayersModel({
    load: () =>
      Promise.resolve({
        modelTopology: description.modelTopology,
        weightSpecs: weights,
        weightData: Uint8Array.from(bytes).buffer,
      }),
  });
}

const tfjsPredictions = (
  model: LayersModel,
  rows: { shape: number[]; values: ArrayLike<number> },
): number[] =>
  tidy(() => [...(model.predict(tensor(Float32Array.from(rows.values), rows.shape)) as Tensor).dataSync()]);

test.each([
  ['of every layer', cnnConfig],
  ['that ends in a normalization', mlpConfig],
  ['with every initializer', linearConfig],
])('tf.loadLayersModel opens a model %s and predicts the same', async (_, config) => {
  const model = trainedModel(config);
  await formats.tfjs.save(savedModel(model), inFolder('model'));
  const opened = await openWithTfjs(inFolder('model'));
  const rows = someRows(config.inputShape);
  expect(largestDifference(tfjsPredictions(opened, rows), predictions(model, rows))).toBeLessThan(1e-6);
  opened.dispose();
  model.dispose();
});

/** What `LayersModel.save` writes, in weight files of a few bytes. */
async function saveWithTfjs(model: LayersModel, folder: string, shardBytes: number): Promise<void> {
  mkdirSync(folder);
  await model.save({
    save: ({ modelTopology, weightSpecs, weightData }) => {
      const bytes = new Uint8Array(weightData as ArrayBuffer);
      const paths: string[] = [];
      for (let at = 0; at < bytes.length; at += shardBytes) {
        paths.push(`group1-shard${paths.length + 1}of9.bin`);
        writeFileSync(join(folder, paths[paths.length - 1]), bytes.subarray(at, at + shardBytes));
      }
      const weightsManifest = [{ paths, weights: weightSpecs }];
      writeFileSync(join(folder, 'model.json'), JSON.stringify({ modelTopology, weightsManifest }));
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const },
      });
    },
  });
}

test('a model that TensorFlow.js has trained and saved is loaded and predicts the same', async () => {
  const theirs = sequential({
    name: 'theirs',
    layers: [
      layers.conv2d({
        inputShape: [6, 6, 1],
        filters: 2,
        kernelSize: 3,
        activation: 'relu',
        padding: 'same',
      }),
      layers.batchNormalization({ momentum: 0.7 }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 3, activation: 'softmax', kernelInitializer: 'heNormal' }),
    ],
  });
  await saveWithTfjs(theirs, inFolder('theirs'), 40);
  expect(readdirSync(inFolder('theirs')).length).toBeGreaterThan(3);
  const loaded = await loadModel(inFolder('theirs/model.json'));
  expect(loaded.config).toMatchObject({
    name: 'theirs',
    outputActivation: 'softmax',
    layers: [
      { type: 'Conv2D', kernelInitializer: { name: 'glorot-normal' } },
      { type: 'BatchNormalization', momentum: 0.7 },
      { type: 'MaxPooling2D' },
      { type: 'Flatten' },
      { type: 'Dense', kernelInitializer: { name: 'he-normal' } },
    ],
  });
  expect(loaded.notes).toEqual([expect.stringContaining('(Dropout) was left out')]);
  const ours = buildModel(loaded);
  const rows = someRows([6, 6, 1]);
  expect(largestDifference(predictions(ours, rows), tfjsPredictions(theirs, rows))).toBeLessThan(1e-6);
  ours.dispose();
  theirs.dispose();
});

test('a folder with anything else in it is left alone', async () => {
  const saved = withModel(savedModel);
  mkdirSync(inFolder('precious'));
  writeFileSync(inFolder('precious/thesis.txt'), 'years of work');
  const saving = formats.tfjs.save(saved, inFolder('precious'));
  await expect(saving).rejects.toMatchObject(failure('path-taken', 'thesis.txt'));
  await expect(formats.tfjs.save(saved, inFolder('precious/thesis.txt'))).rejects.toMatchObject({
    code: 'path-taken',
  });
  await expect(formats.keras.save(saved, inFolder('precious/thesis.txt/model.keras'))).rejects.toMatchObject({
    code: 'write-failed',
  });
  mkdirSync(inFolder('model.keras'));
  await expect(formats.keras.save(saved, inFolder('model.keras'))).rejects.toMatchObject({
    code: 'path-taken',
  });
  expect(readFileSync(inFolder('precious/thesis.txt'), 'utf8')).toBe('years of work');
  expect(readdirSync(inFolder('')).sort()).toEqual(['model.keras', 'precious']);
});

function withModel<T>(use: (model: ReturnType<typeof trainedModel>) => T): T {
  const model = trainedModel(mlpConfig);
  const result = use(model);
  model.dispose();
  return result;
}

describe('damaged', () => {
  type Description = Record<string, unknown> & { weightsManifest: { paths: string[]; weights: object[] }[] };

  /** Saves a model, changes its description, and loads it. */
  async function changed(change: (description: Description) => unknown): Promise<unknown> {
    const folder = inFolder('model');
    await formats.tfjs.save(withModel(savedModel), folder);
    const file = join(folder, 'model.json');
    const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
    const content = change(description) ?? description;
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return loadModel(folder);
  }

  test.each<[string, (description: Description) => unknown, string, string]>([
    ['broken JSON', (d) => JSON.stringify(d).slice(0, 200), 'bad-file', 'is not JSON'],
    ['another JSON', () => ({ scripts: {} }), 'bad-file', 'is no layers model'],
    ['null', () => 'null', 'bad-file', 'is no layers model'],
    ['a graph model', () => ({ format: 'graph-model' }), 'unsupported-model', 'is a graph model'],
    [
      'another folder',
      (d) => void (d.weightsManifest[0].paths = ['../secret.bin']),
      'bad-file',
      'is not beside it',
    ],
    ['a hidden file', (d) => void (d.weightsManifest[0].paths = ['..']), 'bad-file', 'is not beside it'],
    ['a missing file', (d) => void (d.weightsManifest[0].paths = ['other.bin']), 'not-found', 'other.bin'],
    ['one file twice', (d) => void d.weightsManifest[0].paths.push('weights.bin'), 'bad-file', 'should have'],
    ['a missing weight', (d) => void d.weightsManifest[0].weights.pop(), 'bad-file', 'should have'],
    [
      'a weight of another shape',
      (d) => void Object.assign(d.weightsManifest[0].weights[0], { shape: [3, 4] }),
      'wrong-weights',
      'hidden_1/kernel has the shape [3, 4], but its layer needs [4, 3]',
    ],
    [
      'a weight of another name',
      (d) => void Object.assign(d.weightsManifest[0].weights[0], { name: 'elsewhere' }),
      'wrong-weights',
      'hidden_1/kernel of shape [4, 3] is missing',
    ],
    [
      'integers',
      (d) => void Object.assign(d.weightsManifest[0].weights[0], { dtype: 'int32' }),
      'unsupported-model',
      'int32',
    ],
    [
      'quantized weights',
      (d) => void Object.assign(d.weightsManifest[0].weights[0], { quantization: { dtype: 'uint8' } }),
      'unsupported-model',
      'quantized',
    ],
    [
      'weights in absurdly many files',
      (d) => void Object.assign(d.weightsManifest[0], { paths: Array<string>(1001).fill('weights.bin') }),
      'bad-file',
      'weightsManifest.0.paths',
    ],
    [
      'a weight of absurd size',
      (d) => void Object.assign(d.weightsManifest[0].weights[0], { shape: [1e9, 1e9] }),
      'too-large',
      'would take',
    ],
  ])('%s', async (_, change, code, message) => {
    await expect(changed(change)).rejects.toMatchObject(failure(code, message));
  });

  test('a truncated weights file', async () => {
    const folder = inFolder('model');
    await formats.tfjs.save(withModel(savedModel), folder);
    writeFileSync(join(folder, 'weights.bin'), readFileSync(join(folder, 'weights.bin')).subarray(0, 20));
    await expect(loadModel(folder)).rejects.toMatchObject({ code: 'bad-file' });
    expect(existsSync(folder)).toBe(true);
  });
});
