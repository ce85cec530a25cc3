import { tensor2d } from '@tensorflow/tfjs-core';
import type { Batch, BatchRequest, Dataset, Split } from '../../contracts/dataset.js';
import { randomStream } from '../../random/random-stream.js';

interface Rows {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

function rows(count: number, width: number, split: string): Rows {
  const stream = randomStream(1, `data/${split}`);
  const inputs = Float32Array.from({ length: count * width }, stream.normal);
  // The class follows from the first column, but for some noise.
  const targets = Float32Array.from({ length: count }, (_, row) =>
    inputs[row * width] + stream.normal() > 0 ? 1 : 0,
  );
  return { inputs, targets };
}

/** A small binary problem of dense rows. */
export function noisyDataset(
  sizes: Record<Split, number> = { train: 50, validation: 20, test: 0 },
  width = 4,
): Dataset {
  const data = {
    train: rows(sizes.train, width, 'train'),
    validation: rows(sizes.validation, width, 'validation'),
  };
  return {
    name: 'noisy',
    task: 'binary-classification',
    inputKind: 'dense',
    inputShape: [width],
    targetShape: [1],
    outputs: 1,
    sizes,
    provenance: { source: 'generated', sha256: {}, licence: 'none' },
    *batches({ split, batchSize, rows: order }: BatchRequest): Iterable<Batch> {
      const { inputs, targets } = data[split as 'train' | 'validation'];
      const chosen = order ?? Uint32Array.from({ length: targets.length }, (_, row) => row);
      for (let start = 0; start < chosen.length; start += batchSize) {
        const batch = chosen.subarray(start, start + batchSize);
        const x = Float32Array.from({ length: batch.length * width }, (_, i) => {
          return inputs[batch[Math.floor(i / width)] * width + (i % width)];
        });
        yield {
          inputs: tensor2d(x, [batch.length, width]),
          targets: tensor2d(
            Float32Array.from(batch, (row) => targets[row]),
            [batch.length, 1],
          ),
          size: batch.length,
        };
      }
    },
  };
}
