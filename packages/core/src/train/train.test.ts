import { mul, scalar, square, sum, tensor2d, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { filter, lastValueFrom, map, take, toArray } from 'rxjs';
import { fromHooks, type CallbackHooks } from '../callback-hooks.js';
import type { RunEvent } from '../contracts/events.js';
import type { Regularizer } from '../contracts/regularizer.js';
import { adam, sgd } from '../optimizers/index.js';
import { linearModel } from './test-support/linear-model.js';
import { noisyDataset } from './test-support/noisy-dataset.js';
import { train } from './train.js';
import type { TrainOptions } from './train-options.js';

useBackend();

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** All events of a run with a fresh model, which is freed. */
async function run(options: Partial<TrainOptions> = {}): Promise<RunEvent[]> {
  const model = linearModel(4);
  const optimizer = options.optimizer ?? adam({ learningRate: 0.05 });
  try {
    const dataset = noisyDataset();
    return await lastValueFrom(
      train({ model, dataset, optimizer, epochs: 3, batchSize: 16, ...options }).pipe(toArray()),
    );
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

const only = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T): EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type);
const endOf = (events: readonly RunEvent[]): EventOf<'run:end'> => only(events, 'run:end')[0];

const half: Regularizer = { name: 'half', penalty: (w: Tensor): Scalar => mul(sum(square(w)), 0.5) };
const jitter: Regularizer = {
  name: 'jitter',
  noise: (x, { random }) => mul(x, scalar(0.5 + random.uniform())),
};

test('tells the story of a run in order, every number finite, nothing leaked', async () => {
  await expectNoLeak(async () => {
    const events = await run();
    const epoch = ['epoch:start', 'step:end', 'step:end', 'step:end', 'step:end', 'epoch:end'];
    const types = ['run:start', ...epoch, ...epoch, ...epoch, 'training:end', 'run:end'];
    expect(events.map(({ type }) => type)).toEqual(types);
    expect(events[0]).toMatchObject({ arm: 'linear', seed: 1, epochs: 3, stepsPerEpoch: 4, parameters: 5 });
    for (const { logs } of only(events, 'epoch:end')) {
      expect(Object.keys(logs)).toEqual([
        ...['loss', 'accuracy', 'data_loss', 'penalty', 'val_loss', 'val_data_loss', 'val_accuracy'],
        ...['train_loss', 'train_accuracy'],
      ]);
      for (const value of Object.values(logs)) expect(Number.isFinite(value)).toBe(true);
    }
    const [first, ...later] = only(events, 'epoch:end');
    expect(first.guessingLoss).toBeCloseTo(Math.LN2, 1);
    for (const record of later) expect(record).not.toHaveProperty('guessingLoss');
    expect(endOf(events)).toMatchObject({
      status: 'completed',
      epochs: 3,
      final: only(events, 'epoch:end')[2].logs,
    });
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });
});

test('learns', async () => {
  const epochs = only(await run({ epochs: 30 }), 'epoch:end');
  expect(epochs[29].logs.train_loss).toBeLessThan(0.75 * epochs[0].logs.train_loss);
  expect(epochs[29].logs.train_accuracy).toBeGreaterThan(0.7);
});

test('splits the penalty out of every loss', async () => {
  const epochs = only(await run({ regularizers: [{ regularizer: half }] }), 'epoch:end');
  for (const { logs } of epochs) {
    expect(logs.penalty).toBeGreaterThan(0);
    expect(logs.val_loss - logs.val_data_loss).toBeCloseTo(logs.penalty, 6);
    expect(logs.loss - logs.data_loss).toBeGreaterThan(0);
  }
  // The penalty must also pull the weights, not only be reported.
  expect(epochs[2].logs.penalty).toBeLessThan(epochs[0].logs.penalty);
});

test('evaluates the training set in inference mode: with a learning rate near 0, both passes agree', async () => {
  const [epoch] = only(await run({ optimizer: sgd({ learningRate: 1e-30 }), epochs: 1 }), 'epoch:end');
  expect(epoch.logs.train_loss).toBeCloseTo(epoch.logs.data_loss, 6);
  expect(epoch.logs.train_accuracy).toBeCloseTo(epoch.logs.accuracy, 6);
});

test('the training evaluation can be subsampled, with the same rows each epoch, or left out', async () => {
  const evaluate = async (trainEvaluation: boolean | number) =>
    only(await run({ optimizer: sgd({ learningRate: 1e-30 }), epochs: 2, trainEvaluation }), 'epoch:end').map(
      ({ logs }) => logs.train_loss,
    );
  const [some, again] = await evaluate(10);
  expect(some).toBe(again);
  const [all] = await evaluate(true);
  expect(some).not.toBe(all);
  expect(await evaluate(1000)).toEqual(await evaluate(true));
  expect(await evaluate(false)).toEqual([undefined, undefined]);
});

test('the same seed gives the same weights, bit for bit; another seed does not', async () => {
  const digests = async (seed: number) => {
    const events = await run({ seed, regularizers: [{ regularizer: jitter, at: 'input' }] });
    return [...only(events, 'epoch:end').map(({ digest }) => digest), endOf(events).digest];
  };
  const first = await digests(1);
  expect(new Set(first).size).toBe(4);
  expect(await digests(1)).toEqual(first);
  expect((await digests(2))[0]).not.toBe(first[0]);
});

test('each epoch has a short hash of every tensor of its digest, which tells what differs', async () => {
  const [first, second] = only(await run({ optimizer: sgd({ learningRate: 1e-30 }) }), 'epoch:end');
  expect(Object.keys(first.tensors ?? {})).toEqual(['linear/kernel', 'linear/bias', 'optimizer/1']);
  // At such a rate a weight that is not 0 stays, while the optimizer counts its steps.
  expect(second.tensors?.['linear/kernel']).toBe(first.tensors?.['linear/kernel']);
  expect(second.tensors?.['optimizer/1']).not.toBe(first.tensors?.['optimizer/1']);
  expect(first.digest).not.toBe(second.digest);
});

test('noise draws new numbers at every step, in training mode only', async () => {
  const drawn: number[] = [];
  const spy: Regularizer = {
    name: 'spy',
    noise: (x, { random }) => {
      drawn.push(random.uniform());
      return x;
    },
  };
  await run({ regularizers: [{ regularizer: spy, at: 'input' }] });
  expect(drawn).toHaveLength(12);
  expect(new Set(drawn).size).toBe(12);
});

test('adding noise does not shift the batch order', async () => {
  const idle: Regularizer = { name: 'idle', noise: (x) => x };
  const plain = endOf(await run());
  const noisy = endOf(await run({ regularizers: [{ regularizer: idle, at: 'input' }] }));
  expect(noisy.digest).toBe(plain.digest);
});

test('a regularizer that would act nowhere is an error', async () => {
  await expect(run({ regularizers: [{ regularizer: jitter, at: ['hidden_7'] }] })).rejects.toThrow(
    '[regularizer jitter] has no site at "hidden_7" in the model linear. Set "at" to input, hidden, output, all or some of its layers: input, linear.',
  );
});

test('a regularizer placed at layers must find each of them', async () => {
  const at = ['input', 'linaer'];
  await expect(run({ regularizers: [{ regularizer: jitter, at }] })).rejects.toThrow(
    'has no site at "linaer"',
  );
});

test.each<[string, Partial<Regularizer>]>([
  [
    'penalty',
    {
      penalty: () => {
        throw new Error('no such thing');
      },
    },
  ],
  [
    'noise',
    {
      noise: () => {
        throw new Error('no such thing');
      },
    },
  ],
])('a regularizer whose %s fails is named', async (_, hooks) => {
  const regularizer: Regularizer = { name: 'odd', ...hooks };
  await expect(run({ regularizers: [{ regularizer, at: 'all' }] })).rejects.toThrow(
    '[regularizer odd] no such thing',
  );
});

test('regularizers can be given bare: they act at the hidden layers', async () => {
  const bare = endOf(await run({ regularizers: [half] }));
  const placed = endOf(await run({ regularizers: [{ regularizer: half, at: 'hidden' }] }));
  expect(bare.digest).toBe(placed.digest);
});

test.each([
  [{ epochs: 0 }, 'epochs must be an integer of at least 1, got 0'],
  [{ batchSize: 1.5 }, 'batchSize must be an integer of at least 1, got 1.5'],
  [{ seed: -1 }, 'seed must be an integer of at least 0, got -1'],
  [{ trainEvaluation: 0 }, 'trainEvaluation must be an integer of at least 1, got 0'],
  [{ dataset: noisyDataset({ train: 0, validation: 5, test: 0 }) }, 'The dataset noisy has no training rows'],
])('refuses %j', async (options, message) => {
  await expect(run(options)).rejects.toThrow(message);
});

test('a weight that the loss does not depend on is an error that names it', async () => {
  const model = linearModel(4);
  const [kernel] = model.weights;
  const idle = linearModel(1);
  const forgetful = { ...model, weights: [kernel, { ...idle.weights[0], name: 'linear/idle' }] };
  await expect(run({ model: forgetful })).rejects.toThrow(
    'The loss does not depend on the weight linear/idle',
  );
  for (const used of [model, idle]) used.dispose();
});

test('a model without trainable weights, and a penalty that is no scalar, are errors', async () => {
  const model = linearModel(4);
  const frozen = { ...model, weights: model.weights.map((weight) => ({ ...weight, trainable: false })) };
  await expect(run({ model: frozen })).rejects.toThrow('The model linear has no trainable weights');
  model.dispose();
  const wide: Regularizer = { name: 'wide', penalty: (w) => square(w) as unknown as Scalar };
  await expect(run({ regularizers: [wide] })).rejects.toThrow(
    '[regularizer wide] Its penalty must be a scalar, got a tensor of the shape [4, 1]',
  );
});

test('callbacks set the learning rate and stop', async () => {
  const events = await run({
    callbacks: [
      {
        onEpochEnd(epoch, _logs, view) {
          view.setLearningRate(view.learningRate / 2);
          if (epoch === 2) view.stop('enough');
        },
      },
    ],
  });
  expect(only(events, 'epoch:end').map(({ learningRate }) => learningRate)).toEqual([0.05, 0.025]);
  expect(endOf(events)).toMatchObject({ status: 'stopped', reason: 'enough', epochs: 2 });
});

test('a callback keeps weights and restores them when training is over', async () => {
  const events = await run({
    callbacks: [
      {
        onEpochEnd: (epoch, _logs, view) => epoch === 2 && view.keepWeights('best'),
        onTrainEnd: (_status, view) => view.restoreWeights('best'),
      },
    ],
  });
  const end = endOf(events);
  expect(end.restoredEpoch).toBe(2);
  const { loss, accuracy, data_loss, ...evaluations } = only(events, 'epoch:end')[1].logs;
  expect(end.final).toEqual(evaluations);
});

test('a stop does not swallow what other callbacks ask for at the same event', async () => {
  const events = await run({
    callbacks: [
      { onEpochEnd: (_epoch, _logs, view) => view.stop('enough') },
      {
        onEpochEnd: (_epoch, _logs, view) => view.keepWeights('last'),
        onTrainEnd: (_status, view) => view.restoreWeights('last'),
      },
    ],
  });
  expect(endOf(events)).toMatchObject({ status: 'stopped', reason: 'enough', epochs: 1, restoredEpoch: 1 });
});

test('two callbacks of the same name have slots of their own; an empty slot is an error', async () => {
  const keeper: CallbackHooks = { name: 'k', onEpochEnd: (_epoch, _logs, view) => view.keepWeights('best') };
  const restorer: CallbackHooks = { name: 'k', onTrainEnd: (_status, view) => view.restoreWeights('best') };
  await expect(run({ callbacks: [keeper, restorer] })).rejects.toThrow('No weights were kept in k/1/best');
});

test.each([
  [
    'on an event',
    {
      onEpochEnd: () => {
        throw new Error('no such metric');
      },
    },
  ],
  [
    'when it connects',
    {
      name: 'hooks',
      connect: () => {
        throw new Error('no such metric');
      },
    },
  ],
])('a callback that fails %s ends the run and is named', async (_, callback) => {
  await expectNoLeak(async () => {
    await expect(run({ callbacks: [callback] })).rejects.toThrow('[callback hooks] no such metric');
  });
});

test('a loss that is not finite ends the run as diverged, after the epochs before', async () => {
  const explode: Regularizer = { name: 'explode', penalty: (w) => mul(sum(square(w)), 1e36) };
  const events = await run({
    optimizer: sgd({ learningRate: 1e6 }),
    regularizers: [{ regularizer: explode }],
  });
  expect(endOf(events)).toMatchObject({ status: 'diverged', epochs: 0 });
  expect(endOf(events).reason).toMatch(/^the loss became (Infinity|NaN) in epoch 1, step \d$/);
  expect(endOf(events).final).toBeUndefined();
});

test('weights that are not finite end the run as diverged, also where the loss looks well', async () => {
  const model = linearModel(4);
  const other = linearModel(1);
  const idle = { ...other.weights[0], name: 'linear/average', trainable: false };
  const broken = { ...model, weights: [...model.weights, idle] };
  const events = await run({
    model: broken,
    callbacks: [
      {
        onEpochEnd: (epoch) => {
          const values = tensor2d([[epoch === 1 ? NaN : 0]]);
          idle.variable.assign(values);
          values.dispose();
        },
      },
    ],
  });
  expect(endOf(events)).toMatchObject({
    status: 'diverged',
    reason: 'the weight linear/average became NaN in epoch 2',
    epochs: 1,
  });
  model.dispose();
  other.dispose();
});

test('callbacks see the end of a run, but it is too late for commands', async () => {
  const late = await run({
    callbacks: [
      fromHooks({ onEpochEnd: (_epoch, _logs, view) => view.keepWeights('best') }),
      {
        name: 'late',
        connect: (events$) =>
          events$.pipe(
            filter(({ type }) => type === 'run:end'),
            map(() => ({ type: 'restore-weights', slot: 'none' })),
          ),
      },
    ],
  });
  expect(late.filter(({ type }) => type === 'run:end')).toHaveLength(1);
  expect(endOf(late).restoredEpoch).toBeUndefined();
});

const later = (): unknown => Promise.reject(new Error('later'));

test.each<[string, NonNullable<TrainOptions['callbacks']>[number], string]>([
  [
    'a command that cannot be carried out',
    { name: 'hot', onTrainBegin: (view) => view.setLearningRate(NaN) },
    '[callback hot]',
  ],
  [
    'an async hook',
    { name: 'slow', onEpochEnd: () => later() as void },
    '[callback slow] hooks must be synchronous',
  ],
])('%s is an error that names the callback', async (_, callback, message) => {
  await expect(run({ callbacks: [callback] })).rejects.toThrow(message);
});

test('an aborted run gives up the evaluation at the end of an epoch', async () => {
  const abort = new AbortController();
  const dataset = noisyDataset({ train: 16, validation: 1000, test: 0 });
  let read = 0;
  const events = await run({
    signal: abort.signal,
    batchSize: 1,
    dataset: {
      ...dataset,
      *batches(request) {
        for (const batch of dataset.batches(request)) {
          if (request.split === 'validation') {
            read += 1;
            abort.abort();
          }
          yield batch;
        }
      },
    },
  });
  expect(endOf(events)).toMatchObject({ status: 'cancelled', epochs: 0 });
  expect(read).toBe(1);
});

test('an aborted run ends with run:end, status cancelled', async () => {
  await expectNoLeak(async () => {
    const abort = new AbortController();
    const events = await run({
      signal: abort.signal,
      callbacks: [{ onStepEnd: (step) => step === 2 && abort.abort() }],
    });
    expect(only(events, 'step:end')).toHaveLength(2);
    expect(endOf(events)).toMatchObject({ status: 'cancelled', epochs: 0 });
  });
});

test('a run that ends within an epoch does not pass off older logs as those of its final weights', async () => {
  const events = await run({
    callbacks: [{ onStepEnd: (_step, _logs, view) => view.history.length === 1 && view.stop('now') }],
  });
  expect(endOf(events)).toMatchObject({ status: 'stopped', epochs: 1 });
  expect(endOf(events).final).toBeUndefined();
});

test('a misspelt hook is an error that suggests the right one', async () => {
  const misspelt = { name: 'typo', onEpochend: () => undefined } as CallbackHooks;
  await expect(run({ callbacks: [misspelt] })).rejects.toThrow(
    '[callback typo] onEpochend is no hook. Did you mean onEpochEnd?',
  );
});

test('unsubscribing ends training after the step in hand and frees what it used', async () => {
  await expectNoLeak(async () => {
    const model = linearModel(4);
    const optimizer = adam();
    const dataset = noisyDataset();
    let reads = 0;
    const counting: typeof dataset = {
      ...dataset,
      *batches(request) {
        for (const batch of dataset.batches(request)) {
          reads += 1;
          yield batch;
        }
      },
    };
    const keeper: CallbackHooks = {
      onTrainBegin: (view) => view.keepWeights('first'),
      onTrainEnd: (_status, view) => view.restoreWeights('first'),
    };
    const options = { model, dataset: counting, optimizer, epochs: 1000, batchSize: 16, callbacks: [keeper] };
    const events = await lastValueFrom(train(options).pipe(take(3), toArray()));
    expect(events.map(({ type }) => type)).toEqual(['run:start', 'epoch:start', 'step:end']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(reads).toBe(1);
    model.dispose();
    optimizer.dispose();
  });
});
