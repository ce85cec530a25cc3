/** A run that goes on from a checkpoint ends in the very bits of one that was never interrupted. */
import { mul, scalar } from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { lastValueFrom, toArray } from 'rxjs';
import type { CallbackHooks, HookRun } from '../callback-hooks.js';
import type { Checkpoint } from '../contracts/checkpoint.js';
import type { RunEvent } from '../contracts/events.js';
import type { Regularizer } from '../contracts/regularizer.js';
import { adam, optimizers } from '../optimizers/index.js';
import { linearModel } from './test-support/linear-model.js';
import { noisyDataset } from './test-support/noisy-dataset.js';
import { train } from './train.js';
import type { TrainOptions } from './train-options.js';

useBackend();

const jitter: Regularizer = {
  name: 'jitter',
  noise: (x, { random }) => mul(x, scalar(0.5 + random.uniform())),
};

/** Learning rates by the number of the step: it has to remember how many there were. */
function decay(): CallbackHooks {
  let steps = 0;
  return {
    name: 'decay',
    onStepEnd: (_step, _logs, run) => run.setLearningRate(0.1 / (1 + (steps += 1))),
    state: () => steps,
    resume: (state) => void (steps = state as number),
  };
}

/** Keeps the weights of the second epoch and ends with them; remembers by the epochs that it is shown. */
function keepSecond(): CallbackHooks {
  const seen: number[] = [];
  return {
    name: 'keep-second',
    onEpochEnd(epoch, _logs, run) {
      seen.push(epoch);
      if (epoch === 2) run.keepWeights('second');
      if (epoch === 4 && seen.join() === '1,2,3,4') run.restoreWeights('second');
    },
    onTrainEnd: (_, run: HookRun) => run.restoreWeights('second'),
  };
}

interface Run {
  readonly events: readonly RunEvent[];
  readonly checkpoints: readonly Checkpoint[];
}

async function run(options: Partial<TrainOptions> = {}): Promise<Run> {
  const model = linearModel(4);
  const optimizer = options.optimizer ?? adam({ learningRate: 0.05 });
  const checkpoints: Checkpoint[] = [];
  try {
    const events$ = train({
      model,
      dataset: noisyDataset(),
      epochs: 5,
      batchSize: 16,
      regularizers: [{ regularizer: jitter, at: 'input' }],
      callbacks: [decay(), keepSecond()],
      onCheckpoint: (take) => void checkpoints.push(take()),
      ...options,
      optimizer,
    });
    return { events: await lastValueFrom(events$.pipe(toArray())), checkpoints };
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

/** What two runs share, but for the time that they took and that events were there before. */
const comparable = (events: readonly RunEvent[]): object[] =>
  events.map(({ recorded: _, ...event }) => ({ ...event, durationMs: 0 }));
const withoutSteps = (events: readonly RunEvent[]): RunEvent[] =>
  events.filter(({ type }) => type !== 'step:end');
/** What lies on a disk in between. */
const stored = (checkpoint: Checkpoint): Checkpoint => structuredClone(checkpoint);

test.each(Object.entries(optimizers))('%s: the same bits from every checkpoint', async (_, make) => {
  await expectNoLeak(async () => {
    const whole = await run({ optimizer: make() });
    expect(whole.checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    for (const checkpoint of whole.checkpoints) {
      const { events } = await run({ optimizer: make(), resume: stored(checkpoint) });
      expect(comparable(withoutSteps(events))).toEqual(comparable(withoutSteps(whole.events)));
      const marked = events.filter(({ recorded }) => recorded);
      expect(marked).toHaveLength(1 + 2 * checkpoint.epoch);
    }
  });
});

test('a run can be interrupted again and again', async () => {
  const whole = await run();
  let { checkpoints } = await run({ epochs: 5 });
  for (let times = 0; times < 3; times++) {
    ({ checkpoints } = await run({ resume: stored(checkpoints[0]) }));
  }
  const { events } = await run({ resume: stored(checkpoints[0]) });
  expect(comparable(withoutSteps(events))).toEqual(comparable(withoutSteps(whole.events)));
});

test('what a checkpoint holds does not change as training goes on', async () => {
  const kept: Checkpoint[] = [];
  const { checkpoints } = await run({ onCheckpoint: (take) => void kept.push(stored(take())) });
  expect(checkpoints).toHaveLength(0);
  const again = await run();
  again.checkpoints.forEach((checkpoint, i) => expect(checkpoint.tensors).toEqual(kept[i].tensors));
});

test('the time of the epochs before counts', async () => {
  const { checkpoints } = await run();
  const events = checkpoints[3].events.map((event) =>
    event.type === 'epoch:end' ? { ...event, durationMs: 1e6 } : event,
  );
  const { events: after } = await run({ resume: { ...checkpoints[3], events } });
  const end = after.at(-1);
  expect(end?.type === 'run:end' && end.durationMs).toBeGreaterThan(4e6);
});

test('a checkpoint of something else is refused', async () => {
  const { checkpoints } = await run();
  const [checkpoint] = checkpoints;
  const refused = (change: Partial<Checkpoint>, options: Partial<TrainOptions> = {}): Promise<unknown> =>
    run({ ...options, resume: { ...checkpoint, ...change } });
  const bad = (message: RegExp) =>
    expect.objectContaining({
      code: 'bad-checkpoint',
      message: expect.stringMatching(message) as string,
    }) as Error;
  await expect(refused({ seed: 7 })).rejects.toEqual(bad(/seed 7/));
  await expect(refused({ epoch: 9 })).rejects.toEqual(bad(/epoch 9/));
  await expect(refused({}, { callbacks: [] })).rejects.toEqual(
    bad(/callbacks decay, keep-second, not \(none\)/),
  );
  await expect(refused({ tensors: checkpoint.tensors.slice(1) })).rejects.toEqual(bad(/has no weights\//));
  const [first, ...others] = checkpoint.tensors;
  const reshaped = { ...first, shape: [1, 4] };
  await expect(refused({ tensors: [reshaped, ...others] })).rejects.toEqual(bad(/in the shape \[1, 4\]/));
  const noOptimizer = checkpoint.tensors.filter(({ name }) => !name.startsWith('optimizer'));
  await expect(refused({ tensors: noOptimizer })).rejects.toMatchObject({ code: 'bad-optimizer-state' });
});

test('an error of who keeps checkpoints ends the run', async () => {
  const failing = { onCheckpoint: () => Promise.reject(new Error('no room')) };
  await expect(run(failing)).rejects.toThrow('no room');
});
