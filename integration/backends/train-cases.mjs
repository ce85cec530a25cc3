/**
 * Trains all cases on one backend, in a process of its own, and prints as JSON what came of each: hashes of what must have
 * the same bits on every backend, and losses, which need not. Arguments: the name of the backend.
 */
import { createHash } from 'node:crypto';
import { backends } from '@wellfit/backends';
import { modelShapes, optimizers, randomStream, randomStreams, train } from '@wellfit/core';
import { syntheticDigits, syntheticReviews } from '@wellfit/datasets';
import { sequential } from '@wellfit/models';
import { regularizers } from '@wellfit/regularizers';
import { memory, ones, tidy } from '@tensorflow/tfjs-core';
import { lastValueFrom, tap } from 'rxjs';
import { cases } from './cases.mjs';

const EPOCHS = 2;
const BATCH = 16;

const activation = await backends[process.argv[2]]().activate();
const data = {
  digits: await syntheticDigits({ trainRows: 80, testRows: 24 }).load(),
  reviews: await syntheticReviews({ numWords: 60, train: 80, validation: 24, test: 1 }).load(),
};
const results = {};
for (const [name, one] of Object.entries(cases)) results[name] = await trained(one);
process.stdout.write(JSON.stringify({ numerics: activation.numerics, masks: masks(), results }));
process.exit(0);

async function trained({ data: kind, layers, optimizer, learningRate, regularizer }) {
  const before = memory().numTensors;
  const { order, dataset } = watched(data[kind]);
  const model = sequential({ layers }).build(modelShapes(dataset), randomStreams(7));
  const made = optimizers[optimizer](learningRate === undefined ? {} : { learningRate });
  const initial = hash(model.weights.map(({ variable }) => variable.dataSync()));
  const losses = [];
  const options = { model, dataset, optimizer: made, epochs: EPOCHS, batchSize: BATCH, seed: 7 };
  const placed = regularizer ? [regularizers[regularizer[0]](regularizer[1])] : [];
  await lastValueFrom(
    train({ ...options, regularizers: placed }).pipe(
      tap((event) => {
        if (event.type === 'epoch:end') {
          const { loss, val_loss, train_loss, penalty } = event.logs;
          losses.push(loss, val_loss, train_loss, penalty ?? 0);
        }
      }),
    ),
  );
  made.dispose();
  model.dispose();
  return { initial, order: hash(order), losses, leaked: memory().numTensors - before };
}

/** A dataset that remembers in which order its training rows were read. */
function watched(dataset) {
  const order = [];
  const batches = (request) => {
    if (request.rows && request.split === 'train') order.push(request.rows.slice());
    return dataset.batches(request);
  };
  return { order, dataset: Object.assign(Object.create(dataset), { batches }) };
}

/** Which values dropout keeps and what it makes of them, for several shapes and steps. */
function masks() {
  const shapes = [[3], [7, 5], [2, 9, 9, 3], [64, 100]];
  const values = shapes.map((shape, step) =>
    tidy(() => {
      const random = randomStream(7, `noise/dense_1/dropout/${step + 1}`);
      return regularizers.dropout(0.3).noise(ones(shape), { random }).dataSync();
    }),
  );
  return hash(values);
}

function hash(arrays) {
  const sum = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays)
    sum.update(new Uint8Array(buffer, byteOffset, byteLength));
  return sum.digest('hex');
}
