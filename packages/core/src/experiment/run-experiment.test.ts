import { expectNoLeak, useBackend } from '@wellfit/testing';
import { lastValueFrom, takeWhile, tap, toArray } from 'rxjs';
import type { ExperimentAnalysis } from '../contracts/analysis.js';
import type { BatchRequest, DatasetSource } from '../contracts/dataset.js';
import type { CallbackHooks } from '../callback-hooks.js';
import type { Checkpoint, EarlierRun } from '../contracts/checkpoint.js';
import type { ExperimentEvent, RunEvent, RunScope } from '../contracts/events.js';
import type { History } from '../contracts/history.js';
import { adam } from '../optimizers/index.js';
import { linearModel } from '../train/test-support/linear-model.js';
import { noisyDataset } from '../train/test-support/noisy-dataset.js';
import type { ArmPlan, ExperimentPlan } from './plan.js';
import { runExperiment, type RunExperimentOptions, type RunRunner } from './run-experiment.js';

useBackend();

const arm = (name: string, changes: Partial<ArmPlan> = {}): ArmPlan => ({
  name,
  datasetKey: 'noisy',
  dataset: () => ({ name: 'noisy', load: () => Promise.resolve(noisyDataset()) }),
  preset: () => ({ name: 'linear', build: () => linearModel(4) }),
  optimizer: () => adam({ learningRate: 0.05 }),
  regularizers: () => [],
  callbacks: () => [],
  epochs: 2,
  batchSize: 25,
  trainEvaluation: true,
  distributions: false,
  ...changes,
});

const plan = (arms: ArmPlan[], seeds = [1]): ExperimentPlan => ({
  name: 'test',
  arms,
  baseline: arms[0].name,
  seeds,
  spec: { name: 'test' },
});

const analyze = (histories: readonly History[]): ExperimentAnalysis => ({
  baseline: histories.map(({ arm, seed, epochs }) => `${arm}/${seed}:${epochs.length}`).join(' '),
  arms: [],
});

async function run(experiment: ExperimentPlan, options: Partial<RunExperimentOptions> = {}) {
  const events$ = runExperiment(experiment, {
    analyze,
    backend: 'wasm',
    versions: { test: '1.0.0' },
    ...options,
  });
  return lastValueFrom(events$.pipe(toArray()));
}

const order = (events: readonly ExperimentEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'run:start' || event.type === 'run:end'
      ? [`${event.type} ${event.arm}/${event.seed}`]
      : [],
  );
const digests = (events: readonly ExperimentEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'run:end' ? [event.digest] : []));

test('only the runs that are wanted when their turn comes take place', async () => {
  let ended = 0;
  const experiment = plan([arm('a'), arm('b')], [1, 2]);
  const wanted = ({ arm, seed }: RunScope): boolean => !(arm === 'a' && seed === 1) && ended < 2;
  const events$ = runExperiment(experiment, { analyze, backend: 'wasm', wanted }).pipe(
    tap(({ type }) => (ended += type === 'run:end' ? 1 : 0)),
  );
  const events = await lastValueFrom(events$.pipe(toArray()));
  expect(order(events)).toEqual(['run:start b/1', 'run:end b/1', 'run:start a/2', 'run:end a/2']);
});

test('runs all arms of a seed before the next seed, and analyses what it recorded', async () => {
  await expectNoLeak(async () => {
    const events = await run(plan([arm('a'), arm('b')], [1, 2]));
    expect(order(events)).toEqual(
      ['a/1', 'b/1', 'a/2', 'b/2'].flatMap((scope) => [`run:start ${scope}`, `run:end ${scope}`]),
    );
    expect(events[0]).toMatchObject({
      type: 'experiment:start',
      arms: ['a', 'b'],
      seeds: [1, 2],
      backend: 'wasm',
    });
    expect(events.at(-1)).toMatchObject({
      type: 'experiment:end',
      status: 'completed',
      analysis: { baseline: 'a/1:2 b/1:2 a/2:2 b/2:2' },
    });
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });
});

test('arms are paired: the same seed gives equal arms the same weights, whatever ran before', async () => {
  const [first, second, other] = digests(await run(plan([arm('a'), arm('b'), arm('c', { batchSize: 10 })])));
  expect(second).toBe(first);
  expect(other).not.toBe(first);
  expect(digests(await run(plan([arm('b')])))).toEqual([first]);
});

test('loads a dataset once for all arms that share it, and passes its progress on', async () => {
  let loads = 0;
  const dataset = (): DatasetSource => ({
    name: 'noisy',
    load: (context) => {
      loads += 1;
      context?.onProgress?.({ stage: 'download', file: 'noisy.npz', done: 1, total: 2 });
      return Promise.resolve(noisyDataset());
    },
  });
  const shared = { dataset };
  const events = await run(
    plan([arm('a', shared), arm('b', shared), arm('c', { ...shared, datasetKey: 'other' })]),
  );
  expect(loads).toBe(2);
  expect(events.filter(({ type }) => type === 'dataset:ready')).toHaveLength(2);
  expect(events[1]).toEqual({
    type: 'dataset:progress',
    dataset: 'noisy',
    stage: 'download',
    file: 'noisy.npz',
    done: 1,
    total: 2,
  });
});

test('datasets of one experiment may share what they load', async () => {
  const loads: string[] = [];
  const dataset = (): DatasetSource => ({
    name: 'noisy',
    load: (context) => {
      const make = () => {
        loads.push('decoded');
        return Promise.resolve(noisyDataset());
      };
      return context?.share?.('noisy.npz', make) ?? make();
    },
  });
  await run(plan([arm('a', { dataset }), arm('b', { dataset, datasetKey: 'other' })]));
  expect(loads).toEqual(['decoded']);
});

test('an arm that fails is reported, and the others go on', async () => {
  await expectNoLeak(async () => {
    const broken = arm('broken', {
      callbacks: () => [
        {
          name: 'bad',
          onEpochEnd() {
            throw new Error('no such metric');
          },
        },
      ],
    });
    const ends = (await run(plan([broken, arm('fine')]))).filter((event) => event.type === 'run:end');
    expect(ends).toMatchObject([
      { arm: 'broken', status: 'failed', reason: '[callback bad] no such metric', epochs: 1, digest: '' },
      { arm: 'fine', status: 'completed', epochs: 2 },
    ]);
  });
});

test('models that cannot be built for the data error the stream before any arm trains, all at once', async () => {
  const build = () => {
    throw new Error('layer conv2d_1 needs images');
  };
  const impossible = arm('impossible', { preset: () => ({ name: 'linear', build }) });
  const misplaced = arm('misplaced', {
    regularizers: () => [{ regularizer: { name: 'noise', noise: (x) => x }, at: 'output' }],
  });
  await expectNoLeak(async () => {
    const events: ExperimentEvent[] = [];
    const experiment = runExperiment(plan([arm('fine'), impossible, misplaced]), {
      analyze,
      backend: 'wasm',
    });
    const running = lastValueFrom(experiment.pipe(tap((event) => events.push(event))));
    await expect(running).rejects.toThrow(
      /Nothing was trained[^]*arm impossible: layer conv2d_1 needs images\n {2}arm misplaced: \[regularizer noise\] has no site/,
    );
    expect(order(events)).toEqual([]);
  });
});

test('a dataset that cannot be loaded errors the stream before any arm trains', async () => {
  const missing = arm('b', {
    datasetKey: 'missing',
    dataset: () => ({ name: 'missing', load: () => Promise.reject(new Error('no network')) }),
  });
  const seen: string[] = [];
  const events$ = runExperiment(plan([arm('a'), missing]), { analyze, backend: 'wasm' });
  await expect(lastValueFrom(events$.pipe(tap(({ type }) => seen.push(type))))).rejects.toThrow(
    '[dataset missing] no network',
  );
  expect(seen).toEqual(['experiment:start', 'dataset:ready']);
});

test('aborted: the run in hand ends as cancelled, no other begins, and the analysis still comes', async () => {
  await expectNoLeak(async () => {
    const abort = new AbortController();
    const first = arm('a', { callbacks: () => [{ onEpochEnd: () => abort.abort() }] });
    const events = await run(plan([first, arm('b')], [1, 2]), { signal: abort.signal });
    expect(order(events)).toEqual(['run:start a/1', 'run:end a/1']);
    expect(events.at(-1)).toMatchObject({ status: 'cancelled', analysis: { baseline: 'a/1:1' } });
  });
});

test('aborted while loading: no run begins, and no error is shown', async () => {
  const abort = new AbortController();
  const slow = arm('a', {
    dataset: () => ({
      name: 'slow',
      load: () => {
        abort.abort();
        return Promise.reject(new Error('aborted'));
      },
    }),
  });
  const events = await run(plan([slow]), { signal: abort.signal });
  expect(events.map(({ type }) => type)).toEqual(['experiment:start', 'experiment:end']);
});

test('unsubscribing ends the experiment: nothing more is read, everything is freed', async () => {
  await expectNoLeak(async () => {
    let reads = 0;
    const dataset = noisyDataset();
    const counting = arm('a', {
      epochs: 1000,
      dataset: () => ({
        name: 'noisy',
        load: () =>
          Promise.resolve({
            ...dataset,
            *batches(request) {
              for (const batch of dataset.batches(request)) {
                reads += 1;
                yield batch;
              }
            },
          }),
      }),
    });
    const events$ = runExperiment(plan([counting, arm('b')]), { analyze, backend: 'wasm' });
    await lastValueFrom(events$.pipe(takeWhile(({ type }) => type !== 'step:end')));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(reads).toBe(1);
  });
});

test('hands every trained model over before it is disposed; what fails there is a warning', async () => {
  const kept: string[] = [];
  const events = await run(plan([arm('a'), arm('b')]), {
    onTrained: (model, { arm: name, seed }) => {
      kept.push(`${name}/${seed}: ${model.weights[0].variable.dataSync().length}`);
      return name === 'b' ? Promise.reject(new Error('disk full')) : Promise.resolve();
    },
  });
  expect(kept).toEqual(['a/1: 4', 'b/1: 4']);
  expect(events.filter(({ type }) => type === 'warning')).toEqual([
    { type: 'warning', from: 'b, seed 1', message: 'disk full' },
  ]);
  expect(events.at(-1)).toMatchObject({ type: 'experiment:end', status: 'completed' });
});

test('checkpoints that cannot be kept are told once a run, and training goes on', async () => {
  let asked = 0;
  const onCheckpoint = (): void => {
    asked += 1;
    throw new Error('the disk is full');
  };
  const events = await run(plan([arm('a'), arm('b')]), { onCheckpoint });
  const warnings = events.filter((event) => event.type === 'warning');
  expect(warnings).toEqual([
    { type: 'warning', from: 'a, seed 1', message: 'the disk is full' },
    { type: 'warning', from: 'b, seed 1', message: 'the disk is full' },
  ]);
  expect(asked).toBe(2);
  expect(digests(events)).toEqual(digests(await run(plan([arm('a'), arm('b')]))));
});

test('an experiment goes on: what has ended is shown, what was interrupted continues, the rest begins', async () => {
  const experiment = plan([arm('a'), arm('b'), arm('c')]);
  const checkpoints = new Map<string, Checkpoint>();
  const whole = await run(experiment, {
    onCheckpoint: (take, { arm: name }) => {
      const checkpoint = take();
      if (checkpoint.epoch === 1) checkpoints.set(name, checkpoint);
    },
  });
  const ofA = whole.filter((event): event is RunEvent => 'arm' in event && event.arm === 'a');
  const earlier = ({ arm: name }: RunScope): EarlierRun | undefined => {
    if (name === 'a') return { events: ofA.filter(({ type }) => type !== 'step:end') };
    return name === 'b' ? { checkpoint: checkpoints.get('b')! } : undefined;
  };
  const started = { startedAt: '2026-01-01T00:00:00.000Z', spentMs: 3_600_000 };
  const events = await run(experiment, { earlier, ...started });
  expect(events[0]).toMatchObject(started);
  // What it takes now is added to the hour that it has taken.
  const { durationMs } = events.at(-1) as Extract<ExperimentEvent, { type: 'experiment:end' }>;
  expect(durationMs).toBeGreaterThan(3_600_000);
  expect(durationMs).toBeLessThan(3_660_000);
  expect(order(events)).toEqual(order(whole));
  expect(digests(events)).toEqual(digests(whole));
  const recorded = events.filter((event) => 'arm' in event && event.recorded);
  expect(recorded.map((event) => ('arm' in event ? event.arm : ''))).toEqual([
    ...ofA.filter(({ type }) => type !== 'step:end').map(() => 'a'),
    ...['b', 'b', 'b'],
  ]);
  expect(events.at(-1)).toMatchObject({ analysis: { baseline: 'a/1:2 b/1:2 c/1:2' } });
});

test('a runner trains several at a time; who fails it fails alone, and the order of the analysis stays', async () => {
  let [going, most] = [0, 0];
  const runner: RunRunner = {
    jobs: 2,
    async run({ arm: name, seed, emit }) {
      most = Math.max(most, (going += 1));
      const scope = { arm: name, seed };
      const counts = { dataset: 'd', trainRows: 1, epochs: 1, stepsPerEpoch: 1, parameters: 1, summary: '' };
      await new Promise((resolve) => setTimeout(resolve, name === 'a' ? 30 : 5));
      emit({ type: 'run:start', ...scope, ...counts });
      going -= 1;
      if (name === 'b') throw new Error('its worker is gone');
      const end = { status: 'completed', reason: '', epochs: 0, digest: '', durationMs: 1 } as const;
      emit({ type: 'run:end', ...scope, ...end });
    },
  };
  const events = await run(plan([arm('a'), arm('b'), arm('c')]), { runner });
  expect(events[0]).toMatchObject({ jobs: 2 });
  expect(most).toBe(2);
  const ends = events.flatMap((event) => (event.type === 'run:end' ? [`${event.arm} ${event.status}`] : []));
  expect(ends).toEqual(['b failed', 'c completed', 'a completed']);
  expect(events.at(-1)).toMatchObject({ analysis: { baseline: 'a/1:0 b/1:0 c/1:0' } });
});

test('a model that a callback saves goes where the host says; without a host for it the run fails', async () => {
  const saving = arm('a', {
    callbacks: () => [{ name: 'saver', onEpochEnd: (epoch, _, own) => own.saveModel(`m-${epoch}`) }],
  });
  const saved: string[] = [];
  const models = ({ arm: name, seed }: RunScope) => ({
    save: (as: string) => Promise.resolve(void saved.push(`${name}/${seed}/${as}`)),
    remove: () => Promise.resolve(),
  });
  await run(plan([saving]), { models });
  expect(saved).toEqual(['a/1/m-1', 'a/1/m-2']);
  const [end] = (await run(plan([saving]))).filter((event) => event.type === 'run:end');
  expect(end).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/\[callback saver\].*`models`/) as string,
  });
  const unsafe = arm('a', {
    callbacks: () => [{ name: 'saver', onEpochEnd: (_e, _l, own) => own.saveModel('../x') }],
  });
  const [failed] = (await run(plan([unsafe]), { models })).filter((event) => event.type === 'run:end');
  expect(failed).toMatchObject({ reason: expect.stringMatching(/cannot be saved as/) as string });
});

test('a run that an error ends lets callbacks save the model first', async () => {
  const saved: string[] = [];
  const models = () => ({
    save: (as: string) => Promise.resolve(void saved.push(as)),
    remove: () => Promise.resolve(),
  });
  const callbacks = (): CallbackHooks[] => [
    { name: 'last-words', onTrainEnd: (status, own) => own.saveModel(status) },
  ];
  const whole = noisyDataset();
  let reads = 0;
  const broken = {
    ...whole,
    // Three reads an epoch: it fails in the second.
    batches(request: BatchRequest) {
      if ((reads += 1) > 3) throw new Error('unreadable');
      return whole.batches(request);
    },
  };
  const dataset = (): DatasetSource => ({ name: 'noisy', load: () => Promise.resolve(broken) });
  const [end] = (await run(plan([arm('a', { callbacks, dataset })]), { models })).filter(
    (event) => event.type === 'run:end',
  );
  expect(end).toMatchObject({ status: 'failed', reason: 'unreadable' });
  expect(saved).toEqual(['failed']);
});
