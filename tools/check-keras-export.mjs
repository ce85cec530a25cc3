/**
 * Checks saved models with the real Keras: saves three trained-looking models in all three formats, opens the .h5 and
 * .keras files in Python and compares the predictions. The reverse way is what the tests of packages/formats do.
 *
 *   npm run build && node tools/check-keras-export.mjs
 *
 * Needs `python3` with Keras 3 (tools/reference/README.md).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sigmoid, softmax, tensor, tidy } from '@tensorflow/tfjs-core';
import { wasm } from '../packages/backends/dist/index.js';
import { randomStream, randomStreams } from '../packages/core/dist/index.js';
import { formats, savedModel } from '../packages/formats/dist/index.js';
import { initializers, sequentialFrom } from '../packages/layers/dist/index.js';

const kernel = { activation: 'relu', useBias: true, kernelInitializer: { name: 'he-normal' } };
const dense = (name, units, activation = 'relu') => ({ type: 'Dense', name, units, ...kernel, activation });
const conv = (name, filters) => ({
  type: 'Conv2D',
  name,
  filters,
  kernelSize: [3, 3],
  strides: [1, 1],
  padding: 'same',
  ...kernel,
});
const pool = (name) => ({
  type: 'MaxPooling2D',
  name,
  poolSize: [2, 2],
  strides: [2, 2],
  padding: 'valid',
});
const norm = (name, options = {}) => ({
  type: 'BatchNormalization',
  name,
  momentum: 0.99,
  epsilon: 0.001,
  center: true,
  scale: true,
  ...options,
});

const configs = [
  {
    name: 'mlp',
    inputShape: [1000],
    outputActivation: 'sigmoid',
    layers: [dense('hidden_1', 16), dense('hidden_2', 16, 'tanh'), dense('output', 1, 'linear')],
  },
  {
    name: 'mlp_norm',
    inputShape: [784],
    outputActivation: 'softmax',
    layers: [
      { type: 'Noise', name: 'input_noise' },
      { ...dense('hidden_1', 64, 'linear'), useBias: false },
      norm('hidden_1_norm'),
      { type: 'Activation', name: 'hidden_1_activation', activation: 'relu' },
      dense('hidden_2', 32, 'elu'),
      norm('hidden_2_norm', { center: false }),
      norm('hidden_3_norm', { scale: false, epsilon: 0.01 }),
      { type: 'Noise', name: 'hidden_2_noise' },
      dense('output', 10, 'linear'),
    ],
  },
  {
    name: 'cnn',
    inputShape: [32, 32, 3],
    outputActivation: 'softmax',
    layers: [
      ...[32, 64, 128].flatMap((filters, i) => [
        conv(`conv_${2 * i + 1}`, filters),
        conv(`conv_${2 * i + 2}`, filters),
        pool(`pool_${i + 1}`),
      ]),
      { type: 'Flatten', name: 'flatten' },
      dense('hidden_1', 256),
      dense('output', 10, 'linear'),
    ],
  },
  {
    name: 'initializers',
    inputShape: [4],
    outputActivation: 'linear',
    layers: Object.keys(initializers).map((name) => ({
      ...dense(`with_${name}`, 4, 'tanh'),
      kernelInitializer: { name },
    })),
  },
];

const activations = { linear: (x) => x, sigmoid, softmax };
const folder = mkdtempSync(join(tmpdir(), 'wellfit-keras-export-'));
await wasm().activate();
for (const config of configs) {
  const model = sequentialFrom(config, { random: randomStreams(1) });
  // Moving statistics, biases and scales away from where they start, or mistaking one for another would not show.
  for (const { name, variable } of model.weights) {
    if (name.endsWith('/kernel')) continue;
    const random = randomStream(2, name);
    const values = Float32Array.from({ length: variable.size }, () => 0.5 + random.uniform());
    tidy(() => variable.assign(tensor(values, variable.shape)));
  }
  const random = randomStream(3, config.name);
  const rows = 8;
  const size = config.inputShape.reduce((product, n) => product * n, rows);
  const inputs = Float32Array.from({ length: size }, () => random.normal());
  const predictions = tidy(() => {
    const logits = model.forward(tensor(inputs, [rows, ...config.inputShape]), { training: false });
    return [...activations[config.outputActivation](logits).dataSync()];
  });
  const saved = savedModel(model);
  for (const [format, file] of [
    ['tfjs', config.name],
    ['keras-h5', `${config.name}.h5`],
    ['keras', `${config.name}.keras`],
  ]) {
    await formats[format].save(saved, join(folder, file));
  }
  writeFileSync(join(folder, `${config.name}.f32`), inputs);
  writeFileSync(
    join(folder, `${config.name}.json`),
    JSON.stringify({ shape: [rows, ...config.inputShape], predictions }),
  );
  model.dispose();
}

const script = fileURLToPath(new URL('reference/keras-open-export.py', import.meta.url));
const { status } = spawnSync('python3', [script, folder], { stdio: 'inherit' });
if (process.argv.includes('--keep')) console.log(`The models are in ${folder}.`);
else rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
