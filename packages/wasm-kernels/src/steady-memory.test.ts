import { backend, memory } from '@tensorflow/tfjs-core';
import { adam, modelShapes, randomStreams, rmsprop, train, type TrainOptions } from '@wellfit/core';
import { syntheticDigits, syntheticReviews } from '@wellfit/datasets';
import { mlp } from '@wellfit/models';
import { dropout, l2 } from '@wellfit/regularizers';
import { useBackend } from '@wellfit/testing';
import { filter, lastValueFrom, tap } from 'rxjs';
import { heapOf } from './host/emscripten-heap.js';
import { hostOf } from './hosts.js';

useBackend('wasm');

const STEPS = 10_000;

type Setting = Pick<TrainOptions, 'dataset' | 'optimizer' | 'regularizers' | 'batchSize'> & {
  readonly preset: ReturnType<typeof mlp>;
};

const settings: Readonly<Record<string, () => Promise<Setting>>> = {
  'images, batch normalization, dropout and adam': async () => ({
    dataset: await syntheticDigits({ trainRows: 90, testRows: 10, validation: 10 }).load(),
    preset: mlp({ units: [8], normalization: 'batch' }),
    optimizer: adam(),
    regularizers: [dropout(0.1)],
    // The last batch of each epoch is smaller.
    batchSize: 3,
  }),
  'multi-hot rows, weight decay and rmsprop': async () => ({
    dataset: await syntheticReviews({ train: 100, validation: 10, numWords: 60, length: 10 }).load(),
    preset: mlp({ units: [4, 4] }),
    optimizer: rmsprop({ centered: true, momentum: 0.5 }),
    regularizers: [l2(0.001)],
    batchSize: 3,
  }),
};

test.each(Object.entries(settings))(
  `neither tensors nor the heap grow over ${STEPS} steps: %s`,
  async (_, make) => {
    const { preset, dataset, optimizer, batchSize, regularizers } = await make();
    const model = preset.build(modelShapes(dataset), randomStreams(1));
    const stepsAnEpoch = Math.ceil(dataset.sizes.train / batchSize);
    const used = (): object => ({
      tensors: memory().numTensors,
      data: backend().numDataIds(),
      heap: heapOf(hostOf(backend()).backend).HEAPU8.length,
    });
    const found: object[] = [];
    let steps = 0;
    await lastValueFrom(
      train({
        model,
        dataset,
        optimizer,
        batchSize,
        regularizers,
        epochs: Math.ceil(STEPS / stepsAnEpoch),
        trainEvaluation: false,
        callbacks: [{ name: 'keeper', onEpochEnd: (_epoch, _logs, view) => view.keepWeights('last') }],
      }).pipe(
        filter(({ type }) => type === 'step:end'),
        tap(() => {
          steps += 1;
          if (steps === 100 || steps % 1000 === 0) found.push(used());
        }),
      ),
    );
    expect(steps).toBeGreaterThanOrEqual(STEPS);
    expect(found.length).toBeGreaterThan(10);
    for (const later of found) expect(later).toEqual(found[0]);
    model.dispose();
    optimizer.dispose();
  },
  60_000,
);
