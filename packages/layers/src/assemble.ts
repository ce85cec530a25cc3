import type { Tensor } from '@tensorflow/tfjs-core';
import {
  isMultiHot,
  type Inputs,
  type Json,
  type Model,
  type ModelShapes,
  type RandomStream,
  type Site,
} from '@wellfit/core';
import { LayerError } from './errors.js';
import type { SequentialConfig } from './layer-config.js';
import type { Layer, LayerBuilder } from './layer.js';
import { summarize } from './summary.js';

/** A model of layers in a row. */
export interface SequentialModel extends Model {
  readonly config: SequentialConfig & Json;
}

/** What a model is put together from. */
export interface Parts {
  readonly name: string;
  readonly shapes: Omit<ModelShapes, 'outputs'>;
  readonly layers: readonly LayerBuilder[];
  readonly random: (purpose: string) => RandomStream;
}

const INPUT_SITE: Site = { layer: 'input', kind: 'input', role: 'input' };

/** Types of layers whose output says something of its own; the others pass on or rescale what comes in. */
const WATCHED: ReadonlySet<string> = new Set(['Dense', 'Conv2D', 'Activation']);

/**
 * Builds layers in a row and makes them a model.
 *
 * @param check Looks at the built layers and throws where they will not do.
 * @returns A model that owns the weights of its layers; the caller disposes it.
 * @throws LayerError `bad-shape`, `bad-name`; nothing is left behind then.
 */
export function assemble(
  { name, shapes, layers: builders, random }: Parts,
  check: (layers: readonly Layer[]) => void = () => undefined,
): SequentialModel {
  const layers = buildAll(builders, shapes, random, check);
  const weights = layers.flatMap((layer) => layer.weights);
  // A multi-hot input has no input site: noise there would silently do nothing.
  const inputSites = shapes.inputKind === 'multi-hot' ? [] : [INPUT_SITE];
  return {
    name,
    weights,
    sites: [...inputSites, ...layers.flatMap((layer) => layer.sites)],
    outputActivation: shapes.outputActivation,
    config: {
      name,
      inputShape: [...shapes.inputShape],
      outputActivation: shapes.outputActivation,
      layers: layers.map((layer) => layer.config),
    },
    forward(inputs, context) {
      let x: Inputs = context.noise && !isMultiHot(inputs) ? context.noise(INPUT_SITE, inputs) : inputs;
      for (const layer of layers) {
        x = layer.forward(x, context);
        if (WATCHED.has(layer.type)) context.watch?.(layer.name, x);
      }
      return x as Tensor;
    },
    summary: () => summarize(name, layers),
    dispose: () => weights.forEach((weight) => weight.variable.dispose()),
  };
}

function buildAll(
  builders: readonly LayerBuilder[],
  { inputKind, inputShape: firstShape }: Parts['shapes'],
  random: Parts['random'],
  check: (layers: readonly Layer[]) => void,
): Layer[] {
  const layers: Layer[] = [];
  try {
    let inputShape = firstShape;
    for (const build of builders) {
      // Only the first layer meets the rows as they come; every layer returns a dense tensor.
      const layer = build({ inputShape, inputKind: layers.length === 0 ? inputKind : 'dense', random });
      layers.push(layer);
      if (layers.filter(({ name }) => name === layer.name).length > 1) {
        throw new LayerError('bad-name', `Two layers are named ${layer.name}: give each a name of its own.`);
      }
      inputShape = layer.outputShape;
    }
    check(layers);
    return layers;
  } catch (error) {
    // A layer that does not fit must not leave the weights of those before it behind.
    for (const layer of layers) layer.weights.forEach((weight) => weight.variable.dispose());
    throw error;
  }
}
