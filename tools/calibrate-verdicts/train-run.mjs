/** Trains one set-up and records what a verdict sees, and what only its label does. */
import { lastValueFrom, tap } from 'rxjs';
import { evaluateModel, HistoryRecorder, modelShapes, optimizers, randomStreams, train } from '@wellfit/core';
import { mlp } from '@wellfit/models';
import { regularizers } from '@wellfit/regularizers';
import { firstRows } from './worlds.mjs';

/**
 * @returns The curves, and under `oracle` the losses on the rows that no curve shows: after the last epoch, the lowest
 *   after any epoch, and the highest accuracy after any.
 */
export async function trainRun(loaded, setup) {
  const { rows, units, optimizer: name, learningRate, epochs, batchSize, seed } = setup;
  const dataset = firstRows(loaded, { train: rows });
  const model = mlp({ units }).build(modelShapes(dataset), randomStreams(seed));
  const optimizer = optimizers[name]({ learningRate });
  const recorder = new HistoryRecorder();
  const seen = [];
  const look = async () => seen.push(await evaluateModel({ model, dataset, split: 'test' }));
  try {
    const events$ = train({
      ...{ model, dataset, optimizer, epochs, batchSize, seed, arm: 'run' },
      regularizers: ['l1', 'l2', 'dropout'].flatMap((kind) =>
        setup[kind] === undefined ? [] : [regularizers[kind](setup[kind])],
      ),
      onCheckpoint: look,
    });
    await lastValueFrom(events$.pipe(tap((event) => recorder.add(event))));
    const [history] = recorder.histories();
    if (history.status === 'completed' && seen.length < epochs) await look();
    return { status: history.status, reason: history.reason, ...curves(history), oracle: oracle(seen) };
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

function curves({ epochs }) {
  const series = (key) => epochs.map(({ logs }) => rounded(logs[key]));
  return {
    start: rounded(epochs[0]?.logs.data_loss),
    startAccuracy: rounded(epochs[0]?.logs.accuracy),
    guessing: rounded(epochs[0]?.guessingLoss),
    train: series('train_loss'),
    accuracy: series('train_accuracy'),
    val: series('val_data_loss'),
  };
}

function oracle(seen) {
  if (seen.length === 0) return undefined;
  const losses = seen.map(({ data_loss }) => data_loss);
  return {
    final: rounded(losses.at(-1)),
    lowest: rounded(Math.min(...losses)),
    accuracy: rounded(Math.max(...seen.map(({ accuracy }) => accuracy))),
  };
}

function rounded(value) {
  return value === undefined ? undefined : Number(value.toPrecision(4));
}
