import type { Tensor } from '@tensorflow/tfjs-core';
import { isMultiHot, type Json, type Model, type Site, type Weight } from '@wellfit/core';
import { denseRows } from './dense-rows.js';
import { outputLogits } from './output-logits.js';
import { requireTrainable } from './require-trainable.js';
import { leavesOf, type StockModel, type StockWeight } from './stock-model.js';

const INPUT_SITE: Site = { layer: 'input', kind: 'input', role: 'input' };

/**
 * Lets wellfit train a stock `tf.LayersModel`, sequential or functional, with one input and one output.
 *
 * - It shares the model's weights, so the model itself is trained; whoever made it disposes it (`dispose` here does
 *   nothing). Weights of frozen layers and running statistics are left to the layers.
 * - It gives logits: the output activation (linear, sigmoid or softmax) is left out, and the loss applies it.
 * - Penalties act on kernels by layer name; the last kernel is the output's, all others are hidden. Noise acts on the
 *   input; between layers put a `noiseLayer` of `@wellfit/regularizers`.
 * - Multi-hot rows are made dense batch by batch: 20 MB for 512 reviews over 10,000 words.
 *
 * Where `compile` gave it an optimizer, loss or metrics, those are not used.
 *
 * @throws LayerError `unsupported-model`, naming the layer and what to do, for several inputs or outputs, another output
 *   activation, and what would not be counted, kept or replayed: regularizers and constraints of its own, stock dropout.
 * @example
 * const model = fromLayersModel(tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [8] })] }));
 * train({ model, dataset, optimizer: adam(), epochs: 10, batchSize: 32, regularizers: [l2(0.001)] }).subscribe();
 */
export function fromLayersModel(model: StockModel): Model {
  requireTrainable(model);
  const { outputActivation, leavingOut } = outputLogits(model);
  const leaves = leavesOf(model);
  const found = leaves.map(({ layer, path }) => ({
    path,
    weights: weightsOf(layer.weights, path, model),
    kernel: layer.weights.indexOf((layer as { kernel?: StockWeight }).kernel!),
  }));
  const withKernel = found.filter(({ kernel }) => kernel >= 0);
  const kernelSites = withKernel.map(({ path, weights, kernel }, i): Site => {
    const role = i === withKernel.length - 1 ? 'output' : 'hidden';
    return { layer: path, kind: 'kernel', role, weight: weights[kernel] };
  });

  return {
    name: model.name,
    weights: found.flatMap(({ weights }) => weights),
    sites: [INPUT_SITE, ...kernelSites],
    outputActivation,
    config: JSON.parse(String(model.toJSON())) as Json,
    forward(inputs, { training, noise }) {
      const x = isMultiHot(inputs) ? denseRows(inputs) : inputs;
      const given = noise ? noise(INPUT_SITE, x) : x;
      return leavingOut(() => model.apply(given, { training }) as Tensor);
    },
    summary() {
      const lines: string[] = [];
      model.summary(undefined, undefined, (line = '') => lines.push(line));
      return lines.join('\n');
    },
    dispose: () => undefined,
  };
}

function weightsOf(stock: readonly StockWeight[], path: string, model: StockModel): Weight[] {
  const names = stock.map(({ originalName }) => originalName.slice(originalName.lastIndexOf('/') + 1));
  return stock.map((weight, i) => {
    // Wrappers such as bidirectional have two of each.
    const earlier = names.slice(0, i).filter((name) => name === names[i]).length;
    return {
      name: `${path}/${names[i]}${earlier > 0 ? `_${earlier}` : ''}`,
      // Asked each time, since layers can be frozen and thawed.
      get trainable() {
        return model.trainableWeights.includes(weight);
      },
      variable: weight.read() as Weight['variable'],
    };
  });
}
