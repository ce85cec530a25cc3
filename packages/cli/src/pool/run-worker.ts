import { workerData } from 'node:worker_threads';
import {
  errorMessage,
  runArm,
  type ArmPlan,
  type Dataset,
  type ExperimentPlan,
  type ShareLoad,
} from '@wellfit/core';
import { CheckpointKeeper } from '../run/checkpoint-keeper.js';
import { keepModel, modelStore } from '../run/model-store.js';
import { activateBackend } from '../saved-models/activate-backend.js';
import { planRecorded } from '../saved-models/plan-recorded.js';
import { EventSender } from './event-sender.js';
import type { FromWorker, ToWorker, WorkerSetup, WorkerTask } from './worker-protocol.js';

// Piscina hands over its own data beside ours.
const setup = (workerData as { readonly setup: WorkerSetup }).setup;
const ready = prepare();
// Whoever runs a task is told of it; until then it is nobody's error.
ready.catch(() => undefined);
let decoded: WorkerTask['decoded'] = new Map();
let loaded: { readonly key: string; readonly dataset: Promise<Dataset> } | undefined;

/** Trains one run in a worker thread and sends its events; Piscina calls it. */
export default async function runInWorker(task: WorkerTask): Promise<void> {
  const { arm: name, seed, resume, port } = task;
  const sender = new EventSender(port);
  const say = (message: FromWorker): void => port.postMessage(message);
  const stop = new AbortController();
  decoded = task.decoded;
  let keeps = true;
  port.on('message', (message: ToWorker) => {
    if (message === 'stop') stop.abort();
  });
  try {
    const plan = await ready;
    const arm = plan.arms.find((one) => one.name === name);
    if (!arm) throw new TypeError(`there is no arm ${name} in the experiment of this worker`);
    const dataset = await datasetOf(arm, stop.signal);
    const keeper = new CheckpointKeeper(setup.folder, setup.origin, setup.checkpointEveryMs);
    await runArm({
      arm,
      seed,
      dataset,
      resume,
      models: modelStore(setup.folder, task),
      signal: stop.signal,
      emit: (event) => {
        keeper.see(event);
        sender.send(event);
      },
      onError: (error) => say({ stack: stackOf(error) }),
      onCheckpoint: async (take, run) => {
        try {
          if (keeps) keeper.keep(take, run);
        } catch (error) {
          keeps = false;
          sender.send({ type: 'warning', from: `${name}, seed ${seed}`, message: errorMessage(error) });
        }
        await sender.caughtUp();
      },
      ...(setup.models && { onTrained: (model, run) => keepModel(setup.folder, model, run) }),
    });
    sender.flush();
    say({ done: true });
  } finally {
    port.close();
  }
}

async function prepare(): Promise<ExperimentPlan> {
  const { backend, numerics, threads } = setup;
  const choice = numerics === 'fast' ? 'fast' : 'exact';
  const { activation } = await activateBackend(backend as 'wasm' | 'native' | 'cpu', {
    numerics: choice,
    threads,
  });
  if (activation.numerics !== numerics) {
    throw new Error(`it computes with ${activation.numerics} numerics, the experiment with ${numerics}`);
  }
  const [first = process.cwd(), ...others] = setup.pluginFolders;
  return (await planRecorded({ spec: setup.spec, pluginFolders: [first, ...others] }, first)).plan;
}

/** Only the last one is kept: a choice of rows lies in this thread's own memory. Its files are decoded already. */
async function datasetOf(arm: ArmPlan, signal: AbortSignal): Promise<Dataset> {
  if (loaded?.key !== arm.datasetKey) {
    loaded = { key: arm.datasetKey, dataset: arm.dataset().load({ share, signal }) };
  }
  try {
    return await loaded.dataset;
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}

/** Of what a plugin threw, which an error of ours may wrap. */
function stackOf(error: unknown): string {
  const { cause = error } = (error ?? {}) as { cause?: unknown };
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

const share: ShareLoad = async <T>(key: string, make: () => Promise<T>): Promise<T> =>
  decoded.has(key) ? (decoded.get(key) as T) : make();
