import type { Tensor } from '@tensorflow/tfjs-core';
import {
  isMultiHot,
  type Inputs,
  type Model,
  type ModelShapes,
  type RandomStream,
  type Site,
} from '@wellfit/core';
import { LayerError } from './errors.js';
import type { Layer, LayerBuilder } from './layer.js';
import { summarize } from './summary.js';

/** Options of {@link sequential}. */
export interface SequentialOptions {
  readonly name: string;
  readonly shapes: ModelShapes;
  readonly layers: readonly LayerBuilder[];
  readonly random: (purpose: string) => RandomStream;
}

const INPUT_SITE: Site = { layer: 'input', kind: 'input', role: 'input' };

/**
 * A model of layers in a row. The last layer gives the logits.
 *
 * A dense input is a site for noise; a multi-hot input is not.
 *
 * @returns A model that owns the weights of its layers; the caller disposes it.
 * @throws LayerError `bad-shape` where the last layer is not as wide as the data asks, or a layer does not fit;
 *   `bad-name` where two layers bear the same name: they would draw the same initial weights.
 */
export function sequential({ name, shapes, layers: builders, random }: SequentialOptions): Model {
  const layers = buildAll(builders, shapes, random);
  const weights = layers.flatMap((layer) => layer.weights);
  const dispose = (): void => weights.forEach((weight) => weight.variable.dispose());

  // A multi-hot input has no input site: noise there would silently do nothing.
  const inputSites = shapes.inputKind === 'dense' ? [INPUT_SITE] : [];
  const width = layers.at(-1)?.outputShape.at(-1);
  if (width !== shapes.outputs) {
    dispose();
    throw new LayerError(
      'bad-shape',
      `Model ${name} ends ${width} wide, but the data needs ${shapes.outputs} outputs.`,
    );
  }
  return {
    name,
    weights,
    sites: [...inputSites, ...layers.flatMap((layer) => layer.sites)],
    outputActivation: shapes.outputActivation,
    config: { name, inputShape: shapes.inputShape, layers: layers.map((layer) => layer.config) },
    forward(inputs, context) {
      let x: Inputs = context.noise && !isMultiHot(inputs) ? context.noise(INPUT_SITE, inputs) : inputs;
      for (const layer of layers) x = layer.forward(x, context);
      return x as Tensor;
    },
    summary: () => summarize(name, layers),
    dispose,
  };
}

function buildAll(
  builders: readonly LayerBuilder[],
  shapes: ModelShapes,
  random: (purpose: string) => RandomStream,
): Layer[] {
  const layers: Layer[] = [];
  try {
    let inputShape = shapes.inputShape;
    for (const build of builders) {
      const layer = build({ inputShape, random });
      layers.push(layer);
      if (layers.filter(({ name }) => name === layer.name).length > 1) {
        throw new LayerError('bad-name', `Two layers are named ${layer.name}: give each a name of its own.`);
      }
      inputShape = layer.outputShape;
    }
    return layers;
  } catch (error) {
    // A layer that does not fit must not leave the weights of those before it behind.
    for (const layer of layers) layer.weights.forEach((weight) => weight.variable.dispose());
    throw error;
  }
}
