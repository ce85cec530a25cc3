import { Worker } from 'node:worker_threads';
import { matMul, ones, tidy } from '@tensorflow/tfjs-core';
import { compileKernels } from '../host/compile-kernels.js';
import { heapOf } from '../host/emscripten-heap.js';
import { LOCAL_BYTES, type KernelHost } from '../host/kernel-host.js';
import { startAfresh, stop } from '../start-afresh.test-support.js';
import { startWorker, type CrewWorker, type StartWorker } from './start-worker.js';
import type { CrewSetup } from './work-in-crew.js';
import { WorkerCrew } from './worker-crew.js';

let host: KernelHost;
const crews: WorkerCrew[] = [];

beforeAll(async () => ({ host } = await startAfresh({ threads: 2 })));
afterEach(() => {
  for (const crew of crews.splice(0)) crew.stop();
  // What `startAfresh` hired is not used: each test has a crew of its own.
  host.crew = undefined;
});
afterAll(stop);

async function hire(threads: number, start?: StartWorker, patience?: number): Promise<WorkerCrew> {
  const { module } = await compileKernels('exact', true);
  const { memory } = heapOf(host.backend).asm;
  const allocate = (bytes: number): number => host.allocate(bytes);
  const { exports } = host;
  const options = { module, memory, exports, threads, allocate, localBytes: LOCAL_BYTES, start, patience };
  const crew = await WorkerCrew.start(options);
  crews.push(crew);
  host.crew = crew;
  return crew;
}

/** A product that is divided. */
const multiply = (): number => tidy(() => matMul(ones([256, 256]), ones([256, 64])).dataSync()[256 * 64 - 1]);

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts threads and keeps them, so that a test can end them as the host might. */
function kept(): { start: StartWorker; workers: CrewWorker[] } {
  const workers: CrewWorker[] = [];
  const start: StartWorker = (setup) => {
    const worker = startWorker(setup);
    workers.push(worker);
    return worker;
  };
  return { start, workers };
}

test('every grain is computed once, also after the threads have slept', async () => {
  const crew = await hire(3);
  const [from, to] = [host.allocate(4 * 64 * 64), host.allocate(4 * 64 * 64)];
  const floats = (address: number) => new Float32Array(heapOf(host.backend).HEAPU8.buffer, address, 64 * 64);
  floats(from).forEach((_, i, x) => (x[i] = i));
  for (let round = 0; round < 300; round++) {
    if (round % 100 === 0) await pause(20);
    floats(to).fill(-1);
    crew.run('transpose', [from, 64, 64, to], 16);
    expect(floats(to).every((value, i) => value === (i % 64) * 64 + Math.floor(i / 64))).toBe(true);
  }
});

test('a kernel that was begun is done once it is finished, whatever runs meanwhile', async () => {
  const crew = await hire(3);
  const area = (): number => host.allocate(4 * 64 * 64);
  const [from, ahead, urgent] = [area(), area(), area()];
  const floats = (address: number) => new Float32Array(heapOf(host.backend).HEAPU8.buffer, address, 64 * 64);
  const isTransposed = (address: number): boolean =>
    floats(address).every((value, i) => value === (i % 64) * 64 + Math.floor(i / 64));
  floats(from).forEach((_, i, x) => (x[i] = i));
  for (let round = 0; round < 200; round++) {
    if (round % 50 === 0) await pause(20);
    floats(ahead).fill(-1);
    crew.begin('transpose', [from, 64, 64, ahead], 16);
    for (let i = 0; i < round % 4; i++) {
      floats(urgent).fill(-1);
      crew.run('transpose', [from, 64, 64, urgent], 16);
      expect(isTransposed(urgent)).toBe(true);
    }
    // Another begun one finishes the first.
    if (round % 3 === 0) crew.begin('transpose', [from, 64, 64, urgent], 16);
    else crew.finish();
    expect(isTransposed(ahead)).toBe(true);
    crew.finish();
  }
});

test('others work on what was begun while this thread does something else', async () => {
  const crew = await hire(2);
  const [from, to] = [host.allocate(4 * 64 * 64), host.allocate(4 * 64 * 64)];
  const floats = (address: number) => new Float32Array(heapOf(host.backend).HEAPU8.buffer, address, 64 * 64);
  floats(from).fill(1);
  floats(to).fill(-1);
  crew.begin('transpose', [from, 64, 64, to], 16);
  const until = performance.now() + 10_000;
  while (floats(to).includes(-1) && performance.now() < until);
  expect(floats(to).every((value) => value === 1)).toBe(true);
  crew.finish();
});

test('what was begun and fails says so when it is finished', async () => {
  const crew = await hire(2);
  const outside = 2 ** 32 - 4096;
  crew.begin('transpose', [outside, 64, 64, outside], 16);
  expect(() => crew.finish()).toThrow();
  expect(multiply()).toBe(256);
});

test.each([1, 2, 7])('a job of %i grains ends, however few the grains are', async (grains) => {
  const crew = await hire(4);
  const [from, to] = [host.allocate(4096), host.allocate(4096)];
  for (let i = 0; i < 100; i++) crew.run('transpose', [from, 4, 4 * grains, to], grains);
});

test('after a thread was killed kernels throw, and never hang', async () => {
  const { start, workers } = kept();
  await hire(2, start);
  expect(multiply()).toBe(256);
  workers[0].stop();
  const killed = async (): Promise<never> => {
    for (;;) {
      multiply();
      await pause(1);
    }
  };
  await expect(killed()).rejects.toMatchObject({
    code: 'thread-lost',
    message: expect.stringContaining('it ended with code 1') as string,
  });
});

/** A thread that claims a chunk and never finishes it. */
const stuck: StartWorker = ({ memory, control, layout }: CrewSetup) => {
  const source = `const { parentPort, workerData: { memory, control, layout } } = require('node:worker_threads');
    const block = new Int32Array(memory.buffer, control, 16);
    parentPort.postMessage('ready');
    for (;;) {
      const seen = Atomics.load(block, layout.state);
      if ((seen & 0xffff) < seen >>> 16 && Atomics.compareExchange(block, layout.state, seen, seen + 1) === seen) break;
    }
    Atomics.wait(block, 15, 0);`;
  const worker = new Worker(source, { eval: true, workerData: { memory, control, layout } });
  return {
    ready: new Promise((resolve) => worker.once('message', () => resolve())),
    onEnd: () => undefined,
    stop: () => void worker.terminate(),
  };
};

test('a chunk that is never finished ends in an error', async () => {
  await hire(2, stuck, 300);
  const until = performance.now() + 20_000;
  expect(() => {
    while (performance.now() < until) multiply();
  }).toThrow(expect.objectContaining({ code: 'thread-lost' }) as Error);
  expect(() => multiply()).toThrow(/did not finish its part within 0\.3 s/);
});

test('a kernel that traps is an error, whichever thread it was on, and the next one runs', async () => {
  const crew = await hire(3);
  const outside = 2 ** 32 - 4096;
  for (let i = 0; i < 20; i++) {
    expect(() => crew.run('transpose', [outside, 64, 64, outside], 16)).toThrow();
  }
  expect(multiply()).toBe(256);
});

test('a thread that does not start is an error', async () => {
  const failing: StartWorker = () => ({
    ready: Promise.reject(new Error('no room')),
    onEnd: () => undefined,
    stop: () => undefined,
  });
  await expect(hire(2, failing)).rejects.toMatchObject({
    code: 'threads-failed',
    message: 'A thread did not start: no room',
  });
});
