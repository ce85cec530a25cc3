/**
 * Times training: wellfit against stock TensorFlow.js, and against Keras and PyTorch where they are installed.
 *
 *   npm run bench                                            wellfit and stock, generated data of the same shapes
 *   WELLFIT_DATASETS=<folder> npm run bench                  the real data
 *   npm run bench -- --peer keras --peer torch --python python3
 *   npm run bench -- --only mnist-b100,kernels --rounds 1 --epochs 3 --side wellfit,keras
 *   npm run bench -- --only mnist-b100 --profile             where wellfit's time goes, kernel by kernel
 *   npm run bench -- --only mnist-b100 --profile --side wellfit-native    the same on TensorFlow
 *   npm run bench -- --peer keras --peer torch --write       writes benchmarks/RESULTS.md
 *   npm run bench -- --help                                  names all works and sides
 *
 * All sides train the same network on the same rows, with the same batch size, optimizer, epochs and validation. Each
 * runs in a process of its own; they take turns, so that a machine that slows down slows all. Counted is the median of
 * all epochs but the first of each process, in which graphs are traced and code is compiled.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { native } from '@wellfit/backends';
import { exportData } from './export-data.mjs';
import { target } from './kernel-shapes.mjs';
import { options } from './options.mjs';
import { digest, kernelTable, shown, workTable } from './report.mjs';
import { runSide } from './run-side.mjs';
import { sides, works } from './works.mjs';

const BUSY = 0.5;
const UNFAIR = 'sides with several threads that wait for each other suffer most, so compare nothing.';

const { rounds, python } = options;
const real = process.env.WELLFIT_DATASETS !== undefined;
/** Peers that were looked for in vain. */
const missing = {};
const nativeProbe = await native().probe();
const chosenSides = options.sides.filter(isThere);
/** Sides of the kernels' table: the peers' kernels cannot be called one by one, and native's are not wellfit's. */
const kernelSides = chosenSides.filter((side) => !sides[side].peer && !sides[side].backend);

/** How many programs wanted a core in the minute before, on average. */
const [load] = loadavg();
if (load > BUSY) console.log(`Other programs run (load ${load.toFixed(1)}): ${UNFAIR}`);

const temporary = mkdtempSync(join(tmpdir(), 'wellfit-bench-'));
const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-core/package.json');
const versions = { Node: process.version, 'TensorFlow.js': version };
const sections = [];
try {
  for (const name of options.works) {
    const title = name === 'kernels' ? 'Kernels, GFLOP/s' : works[name].title;
    console.log(`\n${name}: ${title}`);
    const shownTable = name === 'kernels' ? await benchKernels() : await benchWork(name);
    if (shownTable) sections.push(`## ${title}\n\n${shownTable}`);
    if (shownTable) console.log(`\n${shownTable}`);
  }
} finally {
  rmSync(temporary, { recursive: true });
}
console.log(`\n${machine()}\n${notes()}`);
if (options.write) writeResults();

async function benchWork(name) {
  const work = works[name];
  const data = await exportData(work, real, temporary);
  const those = options.profile
    ? [options.named ? chosenSides.find((side) => sides[side].script === sides.wellfit.script) : 'wellfit']
    : chosenSides.filter((side) => sides[side].only?.includes(name) ?? true);
  const all = Object.fromEntries(those.map((side) => [side, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const side of those) {
      // What cannot be trained in one round cannot in the next.
      if (all[side][0]?.failed) continue;
      const result = await runSide(
        sides[side],
        jobOf(side, { work, data, epochs: epochsOf(work, side) }),
        python,
      );
      all[side].push(result);
      const { epoch, failed } = digest(work, [result]);
      say(round, side, failed ?? shown(epoch), result.printed);
    }
  }
  if (options.profile) return undefined;
  const results = Object.fromEntries(Object.entries(all).map(([side, its]) => [side, digest(work, its)]));
  for (const result of Object.values(results)) Object.assign(versions, result.versions);
  return workTable(name, results, epochsOf(work));
}

function epochsOf(work, side) {
  const epochs = options.epochs ?? work.epochs;
  return Math.min(epochs, sides[side]?.mostEpochs ?? epochs);
}

async function benchKernels() {
  const results = {};
  for (const side of kernelSides) {
    results[side] = await runSide({ script: 'sides/kernels.mjs' }, jobOf(side, { stock: side === 'stock' }));
    say(1, side, results[side].failed ?? 'done');
  }
  return kernelTable(results, target);
}

function jobOf(side, job) {
  const { threads, numerics, sparse, backend } = sides[side];
  return { ...job, threads, numerics, sparse, backend, profile: options.profile };
}

function say(round, side, what, printed = []) {
  for (const line of printed) console.log(line);
  console.log(`round ${round} of ${rounds}  ${sides[side].title.padEnd(30)} ${what}`);
}

/** Whether a side can run: peers only where they were asked for and are installed, native where it is installed. */
function isThere(side) {
  const { peer, backend } = sides[side];
  if (backend === 'native' && !nativeProbe.available) {
    if (options.named) console.log(`${sides[side].title} is left out: native is ${nativeProbe.detail}`);
    return false;
  }
  if (!peer) return true;
  if (!options.peers.includes(peer)) return false;
  missing[peer] ??= spawnSync(python, ['-c', `import ${peer}`]).status !== 0;
  if (missing[peer]) console.log(`${python} has no ${peer}: ${sides[side].title} is left out`);
  return !missing[peer];
}

function machine() {
  const listed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${cpus()[0].model.trim()}, ${availableParallelism()} cores; ${listed.join(', ')}`;
}

function notes() {
  return [
    ...(load > BUSY ? [`Measured while other programs ran (load ${load.toFixed(1)}): ${UNFAIR}`] : []),
    real ? 'Real data.' : 'Generated data of the same shapes: set WELLFIT_DATASETS for the real ones.',
    `Rounds: ${rounds}. Medians over all epochs but the first of each round; an epoch is training and validation.`,
    '`import`: from the command to everything loaded. `data`: reading the rows and making what the side trains on.',
    '`target`: on a machine on which Keras takes what it took when the targets were set; `/ Keras`: the same as a ratio in this run.',
    '`/ wellfit`: how many times as long as wellfit on 1 thread. Loss: validation (training, where a step is timed), after the last epoch.',
    `\\* Trained on a fifth of the rows, and the time taken five times; ${sides.stock.mostEpochs} epochs.`,
    'GFLOP/s count the operations of the textbook algorithm, also where a kernel gets by with fewer.',
  ].join('\n');
}

function writeResults() {
  const command = ['npm run bench --', ...process.argv.slice(2).filter((argument) => argument !== '--')].join(
    ' ',
  );
  const head = `# Results\n\n${new Date().toISOString().slice(0, 10)}, ${machine()}.\n\n\`${command}\`\n\n${notes()}`;
  writeFileSync(new URL('RESULTS.md', import.meta.url), `${[head, ...sections].join('\n\n')}\n`);
  console.log('\nwritten to benchmarks/RESULTS.md');
}
