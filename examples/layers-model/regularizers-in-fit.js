/** Penalties and dropout of wellfit in a stock `model.fit`: made anew with the same seeds, it trains to the same numbers. */
import { tensor2d, train } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { wasm } from '@wellfit/backends';
import { randomStream } from '@wellfit/core';
import { dropout, l1, layerRegularizer, noiseLayer } from '@wellfit/regularizers';

await wasm().activate();

// The target is the first of 20 numbers; the other 19 mean nothing.
const { normal } = randomStream(1, 'rows');
const rows = Array.from({ length: 200 }, () => Array.from({ length: 20 }, normal));
const [inputs, targets] = [tensor2d(rows), tensor2d(rows.map(([first]) => [first + 0.5 * normal()]))];

async function trained(...layers) {
  const model = tf.sequential({ layers });
  model.compile({ optimizer: train.adam(0.01), loss: 'meanSquaredError' });
  const { history } = await model.fit(inputs, targets, { epochs: 40, shuffle: false, verbose: 0 });
  return { model, loss: history.loss.at(-1).toFixed(6) };
}

const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
const linear = (options) =>
  trained(tf.layers.dense({ units: 1, inputShape: [20], kernelInitializer, ...options }));

const plain = await linear({});
const sparse = await linear({ kernelRegularizer: layerRegularizer(l1(0.2)) });
const meant = ({ model }) =>
  model
    .getWeights()[0]
    .dataSync()
    .filter((weight) => Math.abs(weight) > 0.03).length;
console.log(`weights above 0.03: ${meant(plain)} without penalty, ${meant(sparse)} with l1`);

const noisy = () =>
  trained(
    tf.layers.dense({ units: 16, inputShape: [20], activation: 'relu', kernelInitializer }),
    noiseLayer(tf.layers, dropout(0.5), { seed: 7 }),
    tf.layers.dense({ units: 1, kernelInitializer }),
  );
const [first, second] = [await noisy(), await noisy()];
console.log(`loss with dropout: ${first.loss}, and again ${second.loss}`);
