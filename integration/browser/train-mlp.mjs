/**
 * Trains a small network with batch normalization and dropout on the training kernels. The browser loads this file as it
 * is, so it imports nothing of Node; so does Node, to have something to compare with.
 */
import { tensor2d } from '@tensorflow/tfjs-core';
import { adam, modelShapes, randomStreams, train } from '@wellfit/core';
import { batchNormalization, dense, glorotUniform, sequential } from '@wellfit/layers';
import { dropout, l2 } from '@wellfit/regularizers';
import { registerTrainingKernels } from '@wellfit/wasm-kernels';
import { lastValueFrom } from 'rxjs';

const WIDTH = 50;
const ROWS = { train: 700, validation: 130, test: 0 };

/**
 * @param kernels Options of `registerTrainingKernels`.
 * @returns What was registered, and how the run ended: with the digest of the weights after three epochs.
 */
export async function trainMlp(kernels) {
  const registered = await registerTrainingKernels(kernels);
  const shapes = modelShapes(dataset);
  const kernelInitializer = glorotUniform();
  const hidden = (name, units) =>
    dense({ name, units, kernelInitializer, activation: 'relu', role: 'hidden' });
  const model = sequential({
    name: 'mlp',
    shapes,
    random: randomStreams(1),
    layers: [
      // Wide enough that its products are divided among threads.
      hidden('hidden_1', 160),
      batchNormalization({ name: 'norm_1', momentum: 0.9 }),
      hidden('hidden_2', 96),
      dense({ name: 'output', units: shapes.outputs, kernelInitializer, role: 'output' }),
    ],
  });
  const regularizers = [l2(0.001), dropout(0.2)];
  const run = train({
    model,
    dataset,
    optimizer: adam({ learningRate: 0.01 }),
    epochs: 3,
    batchSize: 64,
    regularizers,
  });
  const { status, digest, final } = await lastValueFrom(run);
  return { ...registered, status, digest, final };
}

/** Rows by integer arithmetic, which is the same everywhere: the classes are the thirds of one column. */
const dataset = {
  name: 'made-up',
  task: 'classification',
  inputKind: 'dense',
  inputShape: [WIDTH],
  targetShape: [3],
  outputs: 3,
  sizes: ROWS,
  provenance: { source: 'made up', sha256: {}, licence: 'CC0' },
  *batches({ split, batchSize, rows = Uint32Array.from({ length: ROWS[split] }, (_, i) => i) }) {
    for (let from = 0; from < rows.length; from += batchSize) {
      const chosen = rows.subarray(from, from + batchSize);
      const inputs = new Float32Array(chosen.length * WIDTH);
      const targets = new Float32Array(chosen.length * 3);
      chosen.forEach((row, r) => {
        const number = Math.imul(row + ROWS.train * (split === 'train'), 2654435761) >>> 0;
        for (let column = 0; column < WIDTH; column++)
          inputs[r * WIDTH + column] = ((number >>> (column % 26)) % 64) / 64;
        targets[r * 3 + Math.floor(3 * inputs[r * WIDTH + 25])] = 1;
      });
      const size = chosen.length;
      yield { inputs: tensor2d(inputs, [size, WIDTH]), targets: tensor2d(targets, [size, 3]), size };
    }
  },
};
