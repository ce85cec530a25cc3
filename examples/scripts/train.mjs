/** wellfit without its command: one model, trained in a script, with the packages that it needs. */
import { wasm } from '@wellfit/backends';
import { earlyStopping } from '@wellfit/callbacks';
import { adam, modelShapes, randomStreams, train } from '@wellfit/core';
import { syntheticReviews } from '@wellfit/datasets';
import { mlp } from '@wellfit/models';
import { dropout, l2 } from '@wellfit/regularizers';

const seed = 1;
await wasm().activate();
const dataset = await syntheticReviews().load();
const model = mlp({ units: [16, 16] }).build(modelShapes(dataset), randomStreams(seed));
console.log(model.summary());

train({
  model,
  dataset,
  optimizer: adam(),
  epochs: 20,
  batchSize: 128,
  seed,
  regularizers: [l2(0.001), { regularizer: dropout(0.3), at: ['hidden_1'] }],
  callbacks: [earlyStopping({ patience: 3, restoreBestWeights: true })],
}).subscribe((event) => {
  if (event.type === 'epoch:end') {
    const { train_loss, val_data_loss, val_accuracy } = event.logs;
    const gap = val_data_loss - train_loss;
    console.log(`epoch ${event.epoch}  gap ${gap.toFixed(3)}  val_accuracy ${val_accuracy.toFixed(3)}`);
  }
  if (event.type === 'run:end')
    console.log(`${event.status}: ${event.reason}; weights of epoch ${event.restoredEpoch}`);
});
