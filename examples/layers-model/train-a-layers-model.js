/** A stock `tf.LayersModel`, a small convolutional network, trained by wellfit, and then used as ever. */
import { argMax } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { wasm } from '@wellfit/backends';
import { earlyStopping } from '@wellfit/callbacks';
import { adam, train } from '@wellfit/core';
import { syntheticDigits } from '@wellfit/datasets';
import { fromLayersModel } from '@wellfit/layers';
import { l2 } from '@wellfit/regularizers';
import { lastValueFrom, tap } from 'rxjs';

await wasm().activate();
const dataset = await syntheticDigits({ trainRows: 800, testRows: 100, validation: 0.25 }).load();

const kernelInitializer = tf.initializers.heUniform({ seed: 1 });
const stock = tf.sequential({
  layers: [
    tf.layers.conv2d({
      name: 'conv',
      filters: 8,
      kernelSize: 3,
      strides: 2,
      inputShape: [28, 28, 1],
      kernelInitializer,
    }),
    tf.layers.batchNormalization({ name: 'norm' }),
    tf.layers.activation({ name: 'relu', activation: 'relu' }),
    tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
    tf.layers.flatten({ name: 'flatten' }),
    tf.layers.dense({ name: 'output', units: 10, activation: 'softmax', kernelInitializer }),
  ],
});

const run = train({
  model: fromLayersModel(stock),
  dataset,
  optimizer: adam({ learningRate: 0.005 }),
  epochs: 6,
  batchSize: 32,
  regularizers: [{ regularizer: l2(0.001), at: ['conv'] }],
  callbacks: [earlyStopping({ patience: 2, restoreBestWeights: true })],
});
await lastValueFrom(
  run.pipe(
    tap((event) => {
      if (event.type !== 'epoch:end') return;
      const { train_loss, val_data_loss, val_accuracy } = event.logs;
      const gap = (val_data_loss - train_loss).toFixed(3);
      console.log(`epoch ${event.epoch}  gap ${gap}  val_accuracy ${val_accuracy.toFixed(3)}`);
    }),
  ),
);

const [{ inputs }] = dataset.batches({ split: 'test', batchSize: 1 });
const [guess] = argMax(stock.predict(inputs), -1).dataSync();
console.log(`the first test image is a ${dataset.classNames[guess]}`);
