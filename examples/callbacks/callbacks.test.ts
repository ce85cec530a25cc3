/** The examples of docs/extending/callback.md, each in a real, short training. */
import {
  adam,
  modelShapes,
  randomStreams,
  toCallback,
  train,
  type Callback,
  type CallbackHooks,
  type RunEvent,
} from '@wellfit/core';
import { syntheticReviews } from '@wellfit/datasets';
import { mlp } from '@wellfit/models';
import { expectNoLeak, playEvents, scriptedRun, useBackend } from '@wellfit/testing';
import { lastValueFrom, toArray } from 'rxjs';

useBackend();

type Factory = (options?: object) => Callback | CallbackHooks;

/** As the command loads a plugin: by its module's path, of which it knows nothing but the default export. */
async function load(path: string): Promise<Factory> {
  const module = (await import(path)) as { default: Factory };
  return module.default;
}

async function trained(callback: Callback | CallbackHooks): Promise<RunEvent[]> {
  const dataset = await syntheticReviews({ numWords: 200, train: 400, validation: 200 }).load();
  const model = mlp().build(modelShapes(dataset), randomStreams(1));
  const optimizer = adam({ learningRate: 0.02 });
  try {
    return await lastValueFrom(
      train({ model, dataset, optimizer, epochs: 12, batchSize: 50, callbacks: [callback] }).pipe(toArray()),
    );
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

const epochsOf = (events: RunEvent[]) =>
  events.flatMap((event) => (event.type === 'epoch:end' ? [event] : []));

test('good-enough stops a training at the accuracy asked for', async () => {
  const goodEnough = await load('./good-enough.js');
  await expectNoLeak(async () => {
    const events = await trained(goodEnough({ accuracy: 0.6 }));
    expect(events.at(-1)).toMatchObject({ type: 'run:end', status: 'stopped' });
    const reached = epochsOf(events).map(({ logs }) => logs.val_accuracy >= 0.6);
    expect(reached.indexOf(true)).toBe(reached.length - 1);
  });
});

test('halve-on-plateau halves the learning rate of the next epoch', async () => {
  const halveOnPlateau = await load('./halve-on-plateau.js');
  await expectNoLeak(async () => {
    const epochs = epochsOf(await trained(halveOnPlateau()));
    const losses = epochs.map(({ logs }) => logs.val_loss);
    const expected = losses.map(
      (_, i) =>
        0.02 *
        0.5 ** losses.slice(0, i).filter((loss, j) => loss > Math.min(...losses.slice(0, j + 1))).length,
    );
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual(expected);
    expect(expected.at(-1)).toBeLessThan(0.02);
  });
});

test('halve-on-plateau continues from its saved state', async () => {
  const halveOnPlateau = await load('./halve-on-plateau.js');
  const first = toCallback(halveOnPlateau());
  playEvents(first, scriptedRun([{ val_loss: 0.5 }]));
  const second = toCallback(halveOnPlateau());
  second.resume!(first.state!());
  expect(playEvents(second, scriptedRun([{ val_loss: 0.6 }]))).toMatchObject([
    { command: { type: 'set-learning-rate', value: 0.0005 } },
  ]);
});
