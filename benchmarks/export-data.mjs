import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows that are read at a time. */
const BATCH = 1000;

/**
 * Writes the rows of a work's dataset where every side can read them, the same for all: images as bytes, reviews as
 * column numbers and row offsets, labels as bytes, and `data.json` that says what is there.
 *
 * @param real Whether the real files are at hand; else rows of the same shape are generated.
 * @returns The folder.
 */
export async function exportData(work, real, into) {
  const { name, options } = real ? work.data : work.synthetic;
  const folder = join(into, `${name}-${options.numWords ?? 'images'}`);
  if (written.has(folder)) return folder;
  const { cpu } = await import('@wellfit/backends');
  const { datasets } = await import('@wellfit/datasets');
  await cpu().activate();
  const images = options.numWords === undefined;
  const dataset = await datasets[name]({
    ...options,
    ...(images && { scaling: 'none', labels: 'sparse' }),
  }).load();
  mkdirSync(folder, { recursive: true });
  for (const split of ['train', 'validation']) {
    const write = (part, values) => writeFileSync(join(folder, `${split}-${part}.bin`), values);
    const batches = dataset.batches({ split, batchSize: BATCH });
    const labels = new Uint8Array(dataset.sizes[split]);
    if (images) writeImages(batches, labels, dataset.inputShape, write);
    else writeReviews(batches, labels, write);
    write('labels', labels);
  }
  const { inputShape, outputs, sizes } = dataset;
  const description = { kind: images ? 'images' : 'multi-hot', inputShape, outputs, sizes };
  writeFileSync(join(folder, 'data.json'), JSON.stringify(description));
  written.add(folder);
  return folder;
}

const written = new Set();

function writeImages(batches, labels, inputShape, write) {
  const size = inputShape.reduce((product, length) => product * length, 1);
  const pixels = new Uint8Array(labels.length * size);
  let row = 0;
  for (const { inputs, targets, size: rows } of batches) {
    pixels.set(inputs.dataSync(), row * size);
    labels.set(targets.dataSync(), row);
    row += rows;
    inputs.dispose();
    targets.dispose();
  }
  write('pixels', pixels);
}

function writeReviews(batches, labels, write) {
  const indices = [];
  const offsets = new Int32Array(labels.length + 1);
  let row = 0;
  for (const { inputs, targets, size: rows } of batches) {
    indices.push(Buffer.from(inputs.indices.slice().buffer));
    for (let r = 1; r <= rows; r++) offsets[row + r] = offsets[row] + inputs.offsets[r];
    labels.set(targets.dataSync(), row);
    row += rows;
    targets.dispose();
  }
  write('indices', Buffer.concat(indices));
  write('offsets', offsets);
}
