#!/usr/bin/env node
/**
 * Trains the corpus that verdicts are calibrated on: 900 short runs and their labels (`label.mjs`). Takes about 20
 * minutes of one core; what an interrupted call has made is kept, and the next call goes on. Build first.
 *
 *     WELLFIT_DATASETS=<folder> node tools/calibrate-verdicts/make-corpus.mjs [part of a world's name]
 *
 * Without WELLFIT_DATASETS, worlds of IMDB and MNIST are left out. Delete the corpus file to make all anew.
 */
import { wasm } from '@wellfit/backends';
import { appendRun, readCorpus, writeCorpus } from './corpus-file.mjs';
import { drawSetups, references } from './draw-setups.mjs';
import { bestOf, labelRun } from './label.mjs';
import { trainRun } from './train-run.mjs';
import { loadWorld, worlds } from './worlds.mjs';

const REAL = ['imdb', 'mnist'];
const wanted = worlds.filter(
  ({ name, dataset }) =>
    name.includes(process.argv[2] ?? '') && (process.env.WELLFIT_DATASETS || !REAL.includes(dataset)),
);

await wasm({ threads: 1 }).activate();
const made = new Map(readCorpus().map((run) => [keyOf(run), run]));
// Without the line that an interruption may have torn, to which the next would be joined.
writeCorpus([...made.values()]);
const began = performance.now();
for (const world of wanted) {
  const runs = [
    ...references(world).map((setup) => ({ world: world.name, reference: true, setup })),
    ...drawSetups(world).map((setup) => ({ world: world.name, setup })),
  ];
  const missing = runs.filter((run) => !made.has(keyOf(run)));
  const loaded = missing.length > 0 ? await loadWorld(world) : undefined;
  for (const run of missing) {
    const trained = await trainRun(loaded, run.setup);
    const done = { ...run, ...(run.reference ? { oracle: trained.oracle } : trained) };
    made.set(keyOf(run), done);
    appendRun(done);
  }
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  console.log(
    `${minutes} min  ${world.name}: ${missing.length} trained, ${runs.length - missing.length} there`,
  );
}
writeCorpus(worlds.flatMap(labelled));

/** The runs of a world that were made, in the order in which they were drawn, with their labels. */
function labelled(world) {
  const runs = [...made.values()]
    .filter(({ world: name }) => name === world.name)
    .sort((a, b) => Number(b.reference ?? false) - Number(a.reference ?? false));
  const best = bestOf(runs);
  return runs.map((run) =>
    run.reference ? run : { ...run, part: world.part, ...labelRun(run, best, world) },
  );
}

function keyOf({ world, setup }) {
  return JSON.stringify([world, setup]);
}
