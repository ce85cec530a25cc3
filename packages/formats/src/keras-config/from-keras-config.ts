import type { OutputActivation } from '@wellfit/core';
import type { LayerConfig, SequentialConfig } from '@wellfit/layers';
import { FormatError } from '../format-error.js';
import { fromKerasLayer, type ReadLayer } from './from-keras-layer.js';
import { kerasChain, type FoundLayer } from './keras-chain.js';

/** An architecture read from a file. */
export interface ReadArchitecture {
  readonly config: SequentialConfig;
  readonly notes: readonly string[];
  /** All layers of the file but the input, in order, also those that were left out. */
  readonly found: readonly FoundLayer[];
}

/**
 * Reads the description of a model that Keras 2, Keras 3 or TensorFlow.js has written. A sigmoid or softmax at the end
 * becomes the output activation, so that the model returns logits.
 *
 * @throws FormatError `bad-file`, `unsupported-layer` or `unsupported-model`, see {@link kerasChain}.
 */
export function fromKerasConfig(data: unknown): ReadArchitecture {
  const { name, inputShape, layers: found } = kerasChain(data);
  const notes: string[] = [];
  const read: ReadLayer[] = [];
  let rank = inputShape.length + 1;
  for (const layer of found) {
    const known = fromKerasLayer(layer, rank, (sentence) => notes.push(sentence));
    if (known === undefined) continue;
    if (read.some((other) => other.name === known.name)) {
      throw new FormatError('bad-file', `Two layers of the model are named ${known.name}.`);
    }
    read.push(known);
    if (known.type === 'Flatten') rank = 2;
  }
  const { layers, outputActivation } = splitOutput(name, read);
  return { config: { name, inputShape, outputActivation, layers }, notes, found };
}

function splitOutput(
  model: string,
  read: readonly ReadLayer[],
): { layers: LayerConfig[]; outputActivation: OutputActivation } {
  const last = read.at(-1);
  let outputActivation: OutputActivation = 'linear';
  let logits = [...read];
  if (last !== undefined && 'activation' in last && isOutputActivation(last.activation)) {
    outputActivation = last.activation;
    logits = logits.slice(0, -1);
    if (last.type !== 'Activation') logits.push({ ...last, activation: 'linear' });
  }
  if (logits.length === 0) {
    throw new FormatError('unsupported-model', `Model ${model} has no layers besides its output activation.`);
  }
  return { layers: logits.map(withoutSoftmax), outputActivation };
}

function isOutputActivation(name: string): name is OutputActivation {
  return name === 'linear' || name === 'sigmoid' || name === 'softmax';
}

function withoutSoftmax(layer: ReadLayer): LayerConfig {
  if (!('activation' in layer)) return layer;
  const { activation } = layer;
  if (activation === 'softmax') {
    const message = `Layer ${layer.name} (${layer.type}) has the activation softmax within the model`;
    throw new FormatError('unsupported-layer', `${message}. It is supported only at the end.`);
  }
  return { ...layer, activation };
}
