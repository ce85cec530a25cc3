/** Stock TensorFlow.js: `model.fit` on the wasm backend, as it is installed. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { description, endPhase, job, readSplit, report } from './job.mjs';

const tf = await import('@tensorflow/tfjs-core');
const { layers, sequential } = await import('@tensorflow/tfjs-layers');
const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep);
await tf.setBackend('wasm');
endPhase('import');

const { batchSize, optimizer, steps, stockShare: share = 1 } = job.work;
const { inputShape, outputs } = description;
const [x, y] = tensors('train');
const validationData = steps ? undefined : tensors('validation');
endPhase('data');

const model = sequential({ layers: [...hidden(), outputLayer()] });
model.compile({
  optimizer: tf.train[optimizer.name](optimizer.learningRate),
  loss: outputs === 1 ? 'binaryCrossentropy' : 'categoricalCrossentropy',
  metrics: ['accuracy'],
});
endPhase('model');

const epochs = [];
let loss;
await model.fit(x, y, {
  batchSize,
  epochs: job.epochs,
  validationData,
  verbose: 0,
  callbacks: {
    onEpochBegin: () => void epochs.push(-performance.now() / 1000),
    onEpochEnd: (_, logs) => {
      epochs[epochs.length - 1] += performance.now() / 1000;
      loss = logs.val_loss ?? logs.loss;
    },
  },
});
report(
  epochs.map((seconds) => seconds / share),
  loss,
);

function tensors(split) {
  const { labels, pixels, inputs } = readSplit(split, share);
  const classes = tf.tensor1d(labels, 'int32');
  const targets =
    outputs === 1 ? tf.reshape(tf.cast(classes, 'float32'), [-1, 1]) : tf.oneHot(classes, outputs);
  if (pixels) {
    const values = Float32Array.from(pixels, (byte) => byte / 255);
    return [tf.tensor(values, [labels.length, ...inputShape]), targets];
  }
  const dense = new Float32Array(labels.length * inputs.width);
  for (let row = 0; row < labels.length; row++) {
    for (let k = inputs.offsets[row]; k < inputs.offsets[row + 1]; k++)
      dense[row * inputs.width + inputs.indices[k]] = 1;
  }
  return [tf.tensor(dense, [labels.length, inputs.width]), targets];
}

function hidden() {
  const built = job.work.layers.map(layer);
  const flat = job.work.layers.findIndex(({ dense }) => dense !== undefined);
  if (inputShape.length > 1) built.splice(flat, 0, (first) => layers.flatten(first));
  return built.map((make, i) => make(i === 0 ? { inputShape } : {}));
}

function layer(entry) {
  const { dense, conv2d, activation } = entry;
  if (dense) return (first) => layers.dense({ units: dense, activation, ...first });
  if (conv2d)
    return (first) =>
      layers.conv2d({ filters: conv2d, kernelSize: 3, padding: entry.padding, activation, ...first });
  return () => (entry === 'max-pool2d' ? layers.maxPooling2d({ poolSize: 2 }) : layers.batchNormalization());
}

function outputLayer() {
  return layers.dense({ units: outputs, activation: outputs === 1 ? 'sigmoid' : 'softmax' });
}
