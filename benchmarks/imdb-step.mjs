/**
 * One training step on IMDB reviews (10,000 words, 16-16-1, batch 512, RMSprop) on the wasm backend: stock TensorFlow.js
 * `model.fit` on the dense matrix against wellfit's `train` on the sparse one.
 *
 *   npm run bench                                  synthetic reviews of the same size
 *   WELLFIT_DATASETS=<folder> npm run bench        the real reviews
 *
 * Each side runs in processes of its own, since wellfit replaces a kernel for the whole process; the two take turns, so
 * that a machine that slows down slows both. Prints the medians and their ratio.
 */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { median, takeTurns } from './take-turns.mjs';

const ROUNDS = 5;
const STEPS = 10;
const BATCH = 512;
const WORDS = 10_000;

const side = process.argv[2];
if (side === 'stock') console.log(JSON.stringify(await stock()));
else if (side === 'wellfit') console.log(JSON.stringify(await wellfit()));
else
  takeTurns(import.meta.url, {
    rounds: ROUNDS,
    what: `${STEPS} steps, ${source()} reviews`,
    sides: ['stock model.fit on wasm', 'wellfit on wasm'],
  });

/** Milliseconds a step of `model.fit`, after one epoch that is not counted. */
async function stock() {
  const tf = await import('@tensorflow/tfjs-core');
  const layers = await import('@tensorflow/tfjs-layers');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  await tf.setBackend('wasm');

  const dataset = await reviews();
  const [{ inputs, targets }] = dataset.batches({ split: 'train', batchSize: STEPS * BATCH });
  const dense = new Float32Array(STEPS * BATCH * WORDS);
  for (let row = 0; row < STEPS * BATCH; row++) {
    for (let k = inputs.offsets[row]; k < inputs.offsets[row + 1]; k++)
      dense[row * WORDS + inputs.indices[k]] = 1;
  }
  const x = tf.tensor2d(dense, [STEPS * BATCH, WORDS]);
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ units: 16, activation: 'relu', inputShape: [WORDS] }),
      layers.layers.dense({ units: 16, activation: 'relu' }),
      layers.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  model.compile({ optimizer: tf.train.rmsprop(0.001), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const epochs = [];
  await model.fit(x, targets, {
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

/** Milliseconds a step of `train`, without the evaluations at the end of the epoch, which `fit` does not do here. */
async function wellfit() {
  const { modelShapes, randomStreams, rmsprop, train } = await import('@wellfit/core');
  const { mlp } = await import('@wellfit/models');
  const { wasm } = await import('@wellfit/backends');
  const { lastValueFrom, tap } = await import('rxjs');
  await wasm().activate();

  const all = await reviews();
  const dataset = { ...all, sizes: { train: STEPS * BATCH, validation: 0, test: 0 } };
  const model = mlp({ units: [16, 16] }).build(modelShapes(all), randomStreams(1));
  const epochs = [];
  const options = {
    model,
    dataset,
    optimizer: rmsprop(),
    epochs: 6,
    batchSize: BATCH,
    trainEvaluation: false,
  };
  await lastValueFrom(
    train(options).pipe(
      tap(({ type, step }) => {
        if (type === 'epoch:start') epochs.push(-performance.now());
        if (type === 'step:end' && step === STEPS) epochs[epochs.length - 1] += performance.now();
      }),
    ),
  );
  return median(epochs.slice(1)) / STEPS;
}

async function reviews() {
  const { datasets } = await import('@wellfit/datasets');
  const source =
    process.env.WELLFIT_DATASETS !== undefined
      ? datasets.imdb({ numWords: WORDS })
      : datasets['synthetic-reviews']({ numWords: WORDS, train: STEPS * BATCH });
  return source.load();
}

function source() {
  return process.env.WELLFIT_DATASETS !== undefined ? 'real' : 'synthetic';
}
