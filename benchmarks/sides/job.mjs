import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The job that the benchmark gives a side: work, folder of the data, epochs, threads and the like. */
export const job = JSON.parse(process.argv[2]);

/** Seconds since the benchmark started this process, as the peers count too. */
const elapsed = () => (Date.now() - job.startedAt) / 1000;

const phases = {};
let last = 0;

/** Notes how long everything since the last call (or the start) took. */
export function endPhase(name) {
  phases[name] = elapsed() - last;
  last = elapsed();
}

/** Prints what the benchmark reads: seconds per epoch, and when the last one ended. */
export function report(epochs, loss) {
  const endedAt = Date.now();
  console.log(JSON.stringify({ epochs, loss, phases, endedAt }));
}

/** The rows of a split: the first `share` of them, or so many as the steps need. */
export function readSplit(split, share = 1) {
  const { kind, inputShape, sizes } = description;
  const steps = job.work.steps ? job.work.steps * job.work.batchSize : Infinity;
  const count = Math.min(Math.round(sizes[split] * share), steps);
  const bytes = (part) => {
    const { buffer, byteOffset, length } = readFileSync(join(job.data, `${split}-${part}.bin`));
    return buffer.slice(byteOffset, byteOffset + length);
  };
  const labels = new Uint8Array(bytes('labels')).subarray(0, count);
  if (kind === 'images') {
    const size = inputShape.reduce((product, length) => product * length, 1);
    return { labels, pixels: new Uint8Array(bytes('pixels')).subarray(0, count * size) };
  }
  const offsets = new Int32Array(bytes('offsets')).subarray(0, count + 1);
  const indices = new Int32Array(bytes('indices')).subarray(0, offsets[count]);
  return { labels, inputs: { kind: 'multi-hot', indices, offsets, width: inputShape[0] } };
}

/** What `data.json` says. */
export const description = JSON.parse(readFileSync(join(job.data, 'data.json'), 'utf8'));
