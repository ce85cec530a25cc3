/**
 * One training step of a convolutional network for CIFAR-10 (convolutions 32, 32, pool, 64, 64, pool, 128, 128, pool,
 * 3 x 3, same, relu; dense 256, 10; batch 32, Adam) by stock `model.fit` on the wasm backend: with the stock kernels plus
 * the gradient that they lack, without which nothing can be trained, against all kernels of wellfit.
 *
 *   node benchmarks/cifar-step.mjs             medians and their ratio
 *   node benchmarks/cifar-step.mjs kernels     where the time of a step goes, kernel by kernel
 *
 * Random images of the same shape: what they show does not change the time. Each side runs in processes of its own,
 * since kernels are replaced for the whole process; the two take turns, so that a machine that slows down slows both.
 */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { median, takeTurns } from './take-turns.mjs';

const ROUNDS = 3;
const STEPS = 5;
const BATCH = 32;

const side = process.argv[2];
if (side === 'stock' || side === 'wellfit') console.log(JSON.stringify(await step(side)));
else if (side === 'kernels') await kernels();
else
  takeTurns(import.meta.url, {
    rounds: ROUNDS,
    what: `${STEPS} steps, batch ${BATCH}`,
    sides: ['stock kernels and the missing one', 'all kernels of wellfit'],
  });

/** Milliseconds a step of `model.fit`, after one epoch that is not counted. */
async function step(kind) {
  const { model, x, y } = await prepare(kind);
  const epochs = [];
  await model.fit(x, y, {
    batchSize: BATCH,
    epochs: 3,
    verbose: 0,
    callbacks: {
      onEpochBegin: () => void epochs.push(-performance.now()),
      onEpochEnd: () => void (epochs[epochs.length - 1] += performance.now()),
    },
  });
  return median(epochs.slice(1)) / STEPS;
}

async function prepare(kind) {
  const tf = await import('@tensorflow/tfjs-core');
  const { layers, sequential } = await import('@tensorflow/tfjs-layers');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const { registerConv2DBackpropFilter, registerTrainingKernels } = await import('@wellfit/backends');
  const require = createRequire(import.meta.url);
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  await tf.setBackend('wasm');
  if (kind === 'stock') registerConv2DBackpropFilter();
  else registerTrainingKernels();

  const conv = (filters, first = {}) =>
    layers.conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', ...first });
  const model = sequential({
    layers: [
      conv(32, { inputShape: [32, 32, 3] }),
      conv(32),
      layers.maxPooling2d({ poolSize: 2 }),
      conv(64),
      conv(64),
      layers.maxPooling2d({ poolSize: 2 }),
      conv(128),
      conv(128),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 256, activation: 'relu' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(1e-4), loss: 'categoricalCrossentropy' });
  const x = tf.randomNormal([STEPS * BATCH, 32, 32, 3]);
  const y = tf.oneHot(tf.randomUniform([STEPS * BATCH], 0, 10, 'int32'), 10);
  return { tf, model, x, y };
}

/** Prints the milliseconds that each kernel takes in a step. */
async function kernels() {
  const { tf, model, x, y } = await prepare('wellfit');
  const { getKernelsForBackend, registerKernel, unregisterKernel } = tf;
  const spent = new Map();
  let depth = 0;
  for (const kernel of getKernelsForBackend('wasm')) {
    const kernelFunc = (args) => {
      const start = performance.now();
      depth += 1;
      const result = kernel.kernelFunc(args);
      depth -= 1;
      // A kernel that others are made of counts for the one that was called.
      if (depth === 0)
        spent.set(kernel.kernelName, (spent.get(kernel.kernelName) ?? 0) + performance.now() - start);
      return result;
    };
    unregisterKernel(kernel.kernelName, 'wasm');
    registerKernel({ ...kernel, kernelFunc });
  }
  const fit = () => model.fit(x, y, { batchSize: BATCH, epochs: 1, verbose: 0 });
  await fit();
  spent.clear();
  const start = performance.now();
  await fit();
  const all = performance.now() - start;
  for (const [name, time] of [...spent].sort(([, a], [, b]) => b - a).slice(0, 15))
    console.log(`${name.padEnd(24)} ${(time / STEPS).toFixed(1).padStart(7)} ms`);
  console.log(`${'step'.padEnd(24)} ${(all / STEPS).toFixed(1).padStart(7)} ms`);
}
