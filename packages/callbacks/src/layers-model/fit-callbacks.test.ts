import { memory, tensor, train, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { randomStream, type Callback, type CallbackHooks, type HookRun, type RunEvent } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { ignoreElements, tap } from 'rxjs';
import { checkpoint } from '../checkpoint.js';
import { earlyStopping } from '../early-stopping.js';
import { stopWhenEqual } from '../stop-when-equal.js';
import { fitCallbacks } from './fit-callbacks.js';

useBackend('wasm');

const ROWS = 24;

function data(purpose: string, columns: number): Tensor {
  const stream = randomStream(1, purpose);
  return tensor(Float32Array.from({ length: ROWS * columns }, stream.uniform), [ROWS, columns]);
}

type Fit = (callbacks: (Callback | CallbackHooks)[], epochs?: number) => Promise<tf.History>;

/** A small regression with a penalty; fails where tensors are left behind. */
async function withModel(
  createOptimizer: () => Optimizer,
  body: (fit: Fit, model: tf.Sequential) => Promise<void>,
): Promise<void> {
  const before = memory().numTensors;
  const optimizer = createOptimizer();
  const [x, y, vx, vy] = [data('x', 3), data('y', 1), data('vx', 3), data('vy', 1)];
  const seeded = (seed: number) => tf.initializers.randomNormal({ seed });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 4,
        inputShape: [3],
        activation: 'relu',
        kernelInitializer: seeded(3),
        kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
      }),
      tf.layers.dense({ units: 1, kernelInitializer: seeded(4) }),
    ],
  });
  model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['accuracy'] });
  const fit: Fit = (callbacks, epochs = 4) =>
    model.fit(x, y, {
      epochs,
      batchSize: 10,
      validationData: [vx, vy],
      shuffle: false,
      verbose: 0,
      callbacks: fitCallbacks(model, callbacks),
    });
  try {
    await body(fit, model);
  } finally {
    model.dispose();
    [x, y, vx, vy].forEach((used) => used.dispose());
    optimizer.dispose();
  }
  expect(memory().numTensors).toBe(before);
}

const weightsOf = (model: tf.LayersModel): number[][] =>
  model.getWeights().map((weight) => [...weight.dataSync()]);

/** A callback that only notes what it sees. */
function recorder(events: RunEvent[]): Callback {
  return {
    name: 'recorder',
    connect: (events$) =>
      events$.pipe(
        tap((event) => events.push(event)),
        ignoreElements(),
      ),
  };
}

test('a callback sees the run as in wellfit', async () => {
  await withModel(
    () => train.sgd(0.1),
    async (fit, model) => {
      const events: RunEvent[] = [];
      const { history } = await fit([recorder(events)], 2);
      expect(events.map(({ type }) => type)).toEqual([
        'run:start',
        ...['epoch:start', 'step:end', 'step:end', 'step:end', 'epoch:end'],
        ...['epoch:start', 'step:end', 'step:end', 'step:end', 'epoch:end'],
        'training:end',
        'run:end',
      ]);
      expect(events).toEqual(JSON.parse(JSON.stringify(events)));
      expect(events[0]).toMatchObject({
        arm: model.name,
        seed: 1,
        trainRows: 24,
        epochs: 2,
        stepsPerEpoch: 3,
        parameters: 21,
        summary: expect.stringContaining('Total params: 21') as string,
      });
      expect(events[3]).toMatchObject({ epoch: 1, step: 2, steps: 3 });
      const [last, end] = [events[10], events[12]];
      if (last.type !== 'epoch:end' || end.type !== 'run:end') throw new Error('other events expected');
      expect(last).toMatchObject({ epoch: 2, learningRate: expect.closeTo(0.1) as number });
      expect(end).toMatchObject({ status: 'completed', epochs: 2, digest: last.digest, final: last.logs });
      const { loss, accuracy, val_loss, val_data_loss, val_accuracy, penalty } = last.logs;
      // The running mean at the last step is the epoch's.
      expect(events[9]).toMatchObject({ logs: { loss: expect.closeTo(loss, 5) as number, accuracy } });
      expect(loss).toBe(history.loss[1]);
      expect([accuracy, val_accuracy]).toEqual([history.acc[1], history.val_acc[1]]);
      expect(val_data_loss).toBe(history.val_loss[1]);
      const squares = weightsOf(model)[0].reduce((sum, w) => sum + w * w, 0);
      expect(penalty).toBeCloseTo(0.01 * squares, 6);
      expect(val_loss).toBeCloseTo(val_data_loss + penalty, 6);
    },
  );
});

test('early stopping stops and restores the best weights, which the stock one cannot', async () => {
  await withModel(
    () => train.sgd(1.1),
    async (fit, model) => {
      const kept: number[][][] = [];
      const ends: string[] = [];
      const watcher: CallbackHooks = {
        onEpochEnd: () => void kept.push(weightsOf(model)),
        onTrainEnd: (status) => void ends.push(status),
      };
      const { history } = await fit([watcher, earlyStopping({ patience: 2, restoreBestWeights: true })], 60);
      const losses = history.val_loss as number[];
      expect(losses.length).toBeLessThan(60);
      expect(ends).toEqual(['stopped']);
      const best = kept.at(-3)!;
      expect(weightsOf(model)).toEqual(best);
      expect(weightsOf(model)).not.toEqual(kept.at(-1));
    },
  );
});

test('a checkpoint of errors alone has nothing to save in a good run, so it ends well; other models are refused', async () => {
  await withModel(
    () => train.sgd(0.05),
    async (fit) => {
      await expect(fit([checkpoint({ keep: 0, onError: true })])).resolves.toBeDefined();
      await expect(fit([checkpoint({ keep: 1 })])).rejects.toThrow('call model.save');
    },
  );
});

test('a second fit starts afresh', async () => {
  await withModel(
    () => train.sgd(0.05),
    async (fit) => {
      const stopper = earlyStopping({ patience: 50, restoreBestWeights: true });
      const begun: number[] = [];
      const counter: CallbackHooks = { onTrainBegin: (run) => void begun.push(run.history.length) };
      await fit([stopper, counter], 2);
      await fit([stopper, counter], 2);
      expect(begun).toEqual([0, 0]);
    },
  );
});

test.each([
  ['sgd', () => train.sgd(0.1)],
  ['adam', () => train.adam(0.1)],
  ['rmsprop', () => train.rmsprop(0.1)],
  ['adagrad', () => train.adagrad(0.1)],
])('the learning rate of %s is set from the next step on', async (_, optimizer) => {
  await withModel(optimizer, async (fit, model) => {
    const rates: number[] = [];
    const weights: number[][][] = [];
    const almostStop: CallbackHooks = {
      onEpochBegin: (_epoch, run) => void rates.push(run.learningRate),
      onEpochEnd(_epoch, _logs, run) {
        weights.push(weightsOf(model));
        run.setLearningRate(1e-12);
      },
    };
    await fit([almostStop], 2);
    expect(rates).toEqual([expect.closeTo(0.1), 1e-12]);
    expect(weights[1]).toEqual(weights[0]);
  });
});

test('a stop within an epoch ends it, and the epoch counts for nothing', async () => {
  await withModel(
    () => train.sgd(0.1),
    async (fit) => {
      const events: RunEvent[] = [];
      const stop: CallbackHooks = {
        onStepEnd: (step, _logs, run) => {
          if (run.history.length === 1 && step === 2) run.stop('enough');
        },
      };
      await fit([recorder(events), stop]);
      expect(events.slice(-4).map(({ type }) => type)).toEqual([
        'step:end',
        'step:end',
        'training:end',
        'run:end',
      ]);
      expect(events.at(-1)).toMatchObject({ status: 'stopped', reason: 'enough', epochs: 1 });
      expect(events.at(-1)).not.toHaveProperty('final');
    },
  );
});

test('a stop before the first step takes effect after it', async () => {
  await withModel(
    () => train.sgd(0.1),
    async (fit) => {
      const events: RunEvent[] = [];
      await fit([recorder(events), { onTrainBegin: (run: HookRun) => run.stop('at once') }]);
      expect(events.map(({ type }) => type)).toEqual(['run:start', 'training:end', 'run:end']);
      expect(events.at(-1)).toMatchObject({ status: 'stopped', epochs: 0 });
    },
  );
});

test('a loss that is no number ends training, and the best weights come back', async () => {
  await withModel(
    () => train.sgd(1e6),
    async (fit, model) => {
      const events: RunEvent[] = [];
      const slow: CallbackHooks = {
        onTrainBegin: (run) => run.setLearningRate(0.01),
        onEpochEnd: (_epoch, _logs, run) => run.setLearningRate(1e15),
      };
      await fit([recorder(events), slow, earlyStopping({ patience: 9, restoreBestWeights: true })], 9);
      expect(events.at(-1)).toMatchObject({ status: 'diverged', restoredEpoch: 1 });
      expect(weightsOf(model).flat().every(Number.isFinite)).toBe(true);
    },
  );
});

test('a callback that fails ends fit with an error that names it, and copies of weights are freed', async () => {
  await withModel(
    () => train.sgd(0.1),
    async (fit) => {
      const keeper: CallbackHooks = { onEpochEnd: (_epoch, _logs, run) => run.keepWeights('mine') };
      const watched = stopWhenEqual({ training: 'f1' });
      await expect(fit([keeper, watched])).rejects.toThrow(/\[callback stop-when-equal\] "f1" is not logged/);
    },
  );
});
