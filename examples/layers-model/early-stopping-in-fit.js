/** A stock `model.fit`, stopped in time by a callback of wellfit, which also brings the best weights back. */
import { slice, tensor2d } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { wasm } from '@wellfit/backends';
import { earlyStopping, fitCallbacks } from '@wellfit/callbacks';
import { randomStream } from '@wellfit/core';

await wasm().activate();

// Points inside and outside a circle. A third of the labels are wrong, so that a large model learns the mistakes.
const { uniform } = randomStream(1, 'points');
const points = Array.from({ length: 300 }, () => [2 * uniform() - 1, 2 * uniform() - 1]);
const labels = points.map(([x, y]) => [Number(x * x + y * y < 0.6 !== uniform() < 0.33)]);
const [inputs, targets] = [tensor2d(points), tensor2d(labels)];

const kernelInitializer = tf.initializers.heUniform({ seed: 1 });
const model = tf.sequential({
  layers: [
    tf.layers.dense({ units: 128, inputShape: [2], activation: 'relu', kernelInitializer }),
    tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer }),
    tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer }),
  ],
});
model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] });

const tell = {
  onEpochEnd: (epoch, { loss, val_loss }) =>
    console.log(`epoch ${epoch}  loss ${loss.toFixed(4)}  val_loss ${val_loss.toFixed(4)}`),
  onTrainEnd: (status, { history }) => console.log(`${status} after ${history.length} epochs`),
};
const callbacks = fitCallbacks(model, [tell, earlyStopping({ patience: 5, restoreBestWeights: true })]);
await model.fit(inputs, targets, { epochs: 60, validationSplit: 0.5, shuffle: false, verbose: 0, callbacks });

const [loss] = model.evaluate(slice(inputs, 150), slice(targets, 150));
console.log(`val_loss of the model as it is now: ${loss.dataSync()[0].toFixed(4)}`);
