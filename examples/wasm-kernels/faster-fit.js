/** A stock `model.fit` before and after the training kernels are registered: one call, and the same losses sooner. */
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '@wellfit/wasm-kernels';

await tf.setBackend('wasm');

const [ROWS, WIDTH, CLASSES] = [3000, 784, 10];
const x = tf.randomUniform([ROWS, WIDTH], 0, 1, 'float32', 1);
// What a random linear rule says of each row.
const rule = tf.randomNormal([WIDTH, CLASSES], 0, 1, 'float32', 2);
const y = tf.tidy(() => tf.oneHot(tf.argMax(tf.matMul(tf.sub(x, 0.5), rule), 1), CLASSES));

/** Trains a fresh model from the same weights, in the same order, and prints seconds per epoch and the losses. */
async function trainAnew(name) {
  const dense = (units, activation, seed, more = {}) =>
    layers.dense({
      units,
      activation,
      kernelInitializer: initializers.glorotUniform({ seed }),
      ...more,
    });
  const model = sequential({
    layers: [
      dense(128, 'relu', 1, { inputShape: [WIDTH] }),
      dense(64, 'relu', 2),
      dense(CLASSES, 'softmax', 3),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
  const seconds = [];
  const { history } = await model.fit(x, y, {
    batchSize: 100,
    epochs: 3,
    shuffle: false,
    verbose: 0,
    callbacks: {
      onEpochBegin: () => void seconds.push(-performance.now() / 1000),
      onEpochEnd: () => void (seconds[seconds.length - 1] += performance.now() / 1000),
    },
  });
  // The first epoch also compiles.
  const epoch = Math.min(...seconds.slice(1));
  console.log(
    `${name}: ${epoch.toFixed(3)} s an epoch, losses ${history.loss.map((loss) => loss.toFixed(5)).join(' ')}`,
  );
  model.dispose();
  return epoch;
}

const before = await trainAnew('before');
// Without the stock run before, this call would start the backend itself, on a heap that several threads can share.
const { active, threads, reason } = await registerTrainingKernels();
console.log(`training kernels ${active ? 'registered' : 'not registered'}, threads: ${threads} (${reason})`);
const after = await trainAnew('after');
console.log(`${(before / after).toFixed(1)} times as fast`);
