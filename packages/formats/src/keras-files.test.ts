import { writeFileSync } from 'node:fs';
import { useBackend } from '@wellfit/testing';
import { buildModel, detectFormat, loadModel } from './index.js';
import { kerasFile, kerasModels } from './test-support/keras-files.js';
import { largestDifference, predictions } from './test-support/models.js';
import { useFolder } from './test-support/use-folder.js';

useBackend();
const inFolder = useFolder();

/** A model as Keras saved it, under a name that says nothing of its format. */
function fileOf(model: keyof typeof kerasModels, extension: 'h5' | 'keras'): string {
  const path = inFolder('model');
  writeFileSync(path, kerasFile(model, extension));
  return path;
}

describe.each(['h5', 'keras'] as const)('a .%s file of Keras', (extension) => {
  test.each(['cnn', 'chain'] as const)('%s predicts what it predicts in Keras', async (name) => {
    const path = fileOf(name, extension);
    expect(await detectFormat(path)).toBe(extension === 'h5' ? 'keras-h5' : 'keras');
    const model = buildModel(await loadModel(path));
    const { inputs, inputShape, predictions: expected } = kerasModels[name];
    const actual = predictions(model, { shape: [5, ...inputShape], values: inputs });
    expect(largestDifference(actual, expected)).toBeLessThan(1e-5);
    model.dispose();
  });

  test('a sequential model becomes ours, and its notes say what was dropped', async () => {
    const { config, notes, weights } = await loadModel(fileOf('cnn', extension));
    const [conv1, conv2] = config.layers.map(({ name }) => name);
    const kernelInitializer = { name: 'glorot-uniform' };
    const activation = 'relu';
    expect(config).toMatchObject({ name: 'cnn', inputShape: [6, 5, 2], outputActivation: 'softmax' });
    expect(config.layers).toMatchObject([
      { type: 'Conv2D', filters: 3, kernelSize: [3, 3], padding: 'same', activation, kernelInitializer },
      {
        type: 'Conv2D',
        kernelSize: [2, 3],
        strides: [2, 1],
        useBias: false,
        kernelInitializer: { name: 'he-normal' },
      },
      { type: 'BatchNormalization', momentum: 0.8, epsilon: 0.001, center: true, scale: false },
      { type: 'Activation', activation: 'tanh' },
      { type: 'MaxPooling2D', poolSize: [2, 2], strides: [2, 2], padding: 'same' },
      { type: 'Flatten' },
      { type: 'Dense', units: 4, activation: 'elu' },
      { type: 'Dense', units: 3, activation: 'linear' },
    ]);
    expect([...weights.keys()].slice(0, 4)).toEqual([
      `${conv1}/kernel`,
      `${conv1}/bias`,
      `${conv2}/kernel`,
      expect.stringMatching(/beta$/),
    ]);
    expect(notes).toEqual([
      expect.stringContaining('(Conv2D) had kernel_regularizer'),
      expect.stringMatching(/\(Dropout\) was left out/),
      expect.stringMatching(/\(Dropout\) was left out/),
      expect.stringContaining('(Dense) had kernel_constraint'),
    ]);
  });

  test('a functional model whose layers follow one another becomes ours', async () => {
    const { config, notes } = await loadModel(fileOf('chain', extension));
    expect(config).toMatchObject({ name: 'chain', inputShape: [4], outputActivation: 'sigmoid' });
    expect(config.layers).toMatchObject([
      { type: 'Dense', units: 5, kernelInitializer: { name: 'random-normal', mean: 0, stddev: 0.7 } },
      { type: 'BatchNormalization', center: false, epsilon: 0.01 },
      { type: 'Activation', activation: 'relu' },
      { type: 'Dense', units: 3, activation: 'tanh', kernelInitializer: { name: 'glorot-uniform' } },
      { type: 'Dense', units: 1, activation: 'linear' },
    ]);
    expect(notes[0]).toContain('(GaussianNoise) was left out: it only acts in training');
    expect(notes[1]).toContain('has an initializer that wellfit lacks');
  });
});
