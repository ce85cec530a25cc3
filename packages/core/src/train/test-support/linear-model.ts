import { add, matMul, tensor, variable, type Tensor2D, type Variable } from '@tensorflow/tfjs-core';
import type { Model, Site, Weight } from '../../contracts/model.js';
import { randomStream } from '../../random/random-stream.js';

function owned(name: string, values: Float32Array, shape: number[]): Weight {
  const initial = tensor(values, shape);
  const created: Variable = variable(initial);
  initial.dispose();
  return { name, trainable: true, variable: created };
}

/** The smallest real model: `logits = x . kernel + bias`, with the sites of a hidden layer. */
export function linearModel(inputs: number, seed = 1): Model {
  const stream = randomStream(seed, 'init/linear/kernel');
  const kernel = owned('linear/kernel', Float32Array.from({ length: inputs }, stream.normal), [inputs, 1]);
  const bias = owned('linear/bias', new Float32Array(1), [1]);
  const input: Site = { layer: 'input', kind: 'input', role: 'input' };
  return {
    name: 'linear',
    weights: [kernel, bias],
    sites: [input, { layer: 'linear', kind: 'kernel', role: 'hidden', weight: kernel }],
    outputActivation: 'sigmoid',
    config: {},
    forward(x, { noise }) {
      const noisy = noise ? noise(input, x as Tensor2D) : x;
      return add(matMul(noisy as Tensor2D, kernel.variable as Tensor2D), bias.variable);
    },
    summary: () => 'linear',
    dispose: () => [kernel, bias].forEach((weight) => weight.variable.dispose()),
  };
}
