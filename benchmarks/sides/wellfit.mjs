/**
 * wellfit's `train` on the wasm backend, or on native where the job says so; with `job.profile` also where the time goes,
 * kernel by kernel.
 */
import { description, endPhase, job, readSplit, report } from './job.mjs';

const { modelShapes, optimizers, randomStreams, train } = await import('@wellfit/core');
const { imageDataset, multiHotDataset } = await import('@wellfit/datasets');
const { sequential } = await import('@wellfit/models');
const { native, wasm } = await import('@wellfit/backends');
const { lastValueFrom, tap } = await import('rxjs');
const { threads, numerics } = job;
if (job.backend === 'native') {
  // TensorFlow reads it when it loads; it is what the peers set, too.
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  await native().activate();
} else {
  const { numerics: got, detail, reason } = await wasm({ threads, numerics }).activate();
  if (got !== (numerics ?? 'exact') || !detail.startsWith(`${threads} thread`))
    throw new Error(`got ${detail}, ${got}: ${reason}`);
}
const profile = job.profile ? (await import('./profile-kernels.mjs')).profileKernels() : undefined;
endPhase('import');

const { batchSize, layers, optimizer, steps } = job.work;
const dataset = readDataset();
endPhase('data');

const model = sequential({ layers }).build(modelShapes(dataset), randomStreams(1));
const { name, ...options } = optimizer;
endPhase('model');

const epochs = [];
let loss;
await lastValueFrom(
  train({
    model,
    dataset,
    optimizer: optimizers[name](options),
    epochs: job.epochs,
    batchSize,
    trainEvaluation: false,
  }).pipe(
    tap((event) => {
      if (event.type === 'epoch:start') {
        profile?.clear();
        epochs.push(-performance.now() / 1000);
      }
      if (event.type !== 'epoch:end') return;
      epochs[epochs.length - 1] += performance.now() / 1000;
      loss = event.logs.val_loss ?? event.logs.loss;
    }),
  ),
);
profile?.print(1000 * epochs.at(-1));
report(epochs, loss);

function readDataset() {
  const provenance = { source: 'benchmark', sha256: {}, licence: 'as its dataset' };
  const splits = { train: readSplit('train'), ...(!steps && { validation: readSplit('validation') }) };
  if (description.kind === 'multi-hot') return multiHotDataset({ name: 'reviews', provenance, splits });
  const classNames = Array.from({ length: description.outputs }, (_, i) => String(i));
  return imageDataset({ name: 'images', provenance, classNames, shape: description.inputShape, splits });
}
