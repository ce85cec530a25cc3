import type * as NodeThreads from 'node:worker_threads';
import { builtin } from '../host/builtin.js';
import { workInCrew, type CrewSetup } from './work-in-crew.js';

/** A thread that was started. */
export interface CrewWorker {
  /** Fulfilled when it can work, rejected where it cannot. */
  readonly ready: Promise<void>;
  /** Calls back once when it ends for whatever reason, with one clause that says why. */
  onEnd(tell: (why: string) => void): void;
  stop(): void;
}

/** Starts a thread on the shared heap; it does not keep the process alive. */
export type StartWorker = (setup: CrewSetup) => CrewWorker;

/** Starts a thread of Node, or of the browser. */
export const startWorker: StartWorker = (setup) => {
  const threads = builtin('node:worker_threads');
  return threads ? startInNode(threads, setup) : startInBrowser(setup);
};

function startInNode({ Worker }: typeof NodeThreads, setup: CrewSetup): CrewWorker {
  const source = `const { parentPort, workerData } = require('node:worker_threads');
(${workInCrew.toString()})(workerData, () => parentPort.postMessage('ready'));`;
  // Neither flags nor variables of the process, since loaders that they name would only slow it down.
  const worker = new Worker(source, { eval: true, workerData: setup, execArgv: [], env: {} });
  let ended: string | undefined;
  let tell: ((why: string) => void) | undefined;
  const end = (why: string): void => {
    ended ??= why;
    tell?.(ended);
    tell = undefined;
  };
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => {
      // Only now: until then the process has to wait for it.
      worker.unref();
      resolve();
    });
    worker.once('error', (error) => {
      end(`it failed: ${error instanceof Error ? error.message : String(error)}`);
      reject(error);
    });
    worker.once('exit', (code) => {
      end(`it ended with code ${code}`);
      reject(new Error(`The thread ended with code ${code}.`));
    });
  });
  return {
    ready,
    onEnd(listener) {
      tell = listener;
      if (ended !== undefined) end(ended);
    },
    stop: () => void worker.terminate(),
  };
}

function startInBrowser(setup: CrewSetup): CrewWorker {
  const source = `onmessage = ({ data }) => (${workInCrew.toString()})(data, () => postMessage('ready'));`;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url);
  let failed: string | undefined;
  let tell: ((why: string) => void) | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = ({ message }) => {
      failed = `it failed: ${message}`;
      tell?.(failed);
      reject(new Error(message || 'The thread did not start.'));
    };
  }).finally(() => URL.revokeObjectURL(url));
  worker.postMessage(setup);
  return {
    ready,
    onEnd(listener) {
      tell = listener;
      if (failed !== undefined) listener(failed);
    },
    stop: () => worker.terminate(),
  };
}
