/**
 * Runs the built-in experiments on the real data and compares the means over seeds with published figures.
 *
 *   npm run verify                                     everything that fits into an hour, shortest first
 *   npm run verify -- --only imdb-10k,mnist-dropout    some experiments
 *   npm run verify -- --seeds 5 --budget 180           more seeds, three hours
 *
 * Only the arms that the rows speak of are trained. `--threads` changes no digit, only the time.
 * The data comes from `WELLFIT_DATASETS` or the network. Prints a row for each figure: published, measured mean and 95 %
 * interval (Student's t over seeds), pass or FAIL; experiments that did not fit into the budget are named. Ends with
 * exit code 1 where a figure lies outside its tolerance.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { summarize } from '@wellfit/analysis';
import { PUBLISHED } from './verify/published.mjs';

const COMMAND = fileURLToPath(new URL('../packages/cli/bin/wellfit.js', import.meta.url));
/** Quantiles .975 of Student's t with 1, 2... degrees of freedom. */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string' },
    budget: { type: 'string', default: '60' },
    threads: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (options.help) {
  console.log('npm run verify -- [--only a,b] [--seeds N] [--budget minutes] [--threads N]\n');
  for (const [name, { minutes, seeds }] of Object.entries(PUBLISHED)) {
    console.log(`  ${name.padEnd(22)} about ${minutes} min a seed, ${seeds} seeds`);
  }
  process.exit(0);
}
const chosen = chooseExperiments(options.only);
const deadline = Date.now() + wholeNumber('--budget', options.budget) * 60_000;
const notRun = [];
let failures = 0;
for (const name of chosen) failures += await verify(name, PUBLISHED[name]);
for (const line of notRun) console.log(`\nnot run: ${line}`);
console.log(failures === 0 ? '\nAll that was run is within tolerance.' : `\n${failures} outside tolerance.`);
process.exitCode = failures === 0 ? 0 : 1;

function chooseExperiments(only) {
  const known = Object.keys(PUBLISHED);
  const names = only?.split(',').map((name) => name.trim()) ?? known;
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) fail(`Nothing to verify named ${wrong}. There are: ${known.join(', ')}.`);
  return names.sort((a, b) => cost(a) - cost(b));
}

function cost(name) {
  return PUBLISHED[name].minutes * seedsOf(name);
}

function seedsOf(name) {
  return options.seeds === undefined ? PUBLISHED[name].seeds : wholeNumber('--seeds', options.seeds);
}

function wholeNumber(option, text) {
  if (!/^[1-9]\d{0,5}$/.test(text)) fail(`${option} ${text}: it must be a whole number from 1.`);
  return Number(text);
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** Runs one experiment and prints its rows; returns how many lie outside their tolerance. */
async function verify(name, { rows }) {
  const left = deadline - Date.now();
  if (cost(name) * 60_000 > left) {
    notRun.push(
      `${name}: about ${cost(name)} min, more than the ${Math.max(0, left / 60_000).toFixed(0)} min left`,
    );
    return 0;
  }
  const seeds = seedsOf(name);
  const out = mkdtempSync(join(tmpdir(), 'wellfit-verify-'));
  try {
    const started = Date.now();
    const run = ['run', name, '--arms', armsOf(rows).join(','), '--seeds', String(seeds)];
    if (options.threads !== undefined) run.push('--threads', options.threads);
    run.push('--out', out, '--quiet', '--no-report');
    if (!(await wellfit(run, left)).inTime) {
      notRun.push(`${name}: broken off when the time was up`);
      return 0;
    }
    const folder = join(out, readdirSync(out)[0]);
    const numbers = await numbersOf(folder, rows);
    console.log(
      `\n${name}: ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, ${minutes(Date.now() - started)} min`,
    );
    console.log(`${'arm'.padEnd(15)} ${'number'.padEnd(20)} ${'published'.padStart(16)}   measured`);
    return rows.filter((row) => !check(row, numbers)).length;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The arms that rows speak of: nothing is published of the others. */
function armsOf(rows) {
  return [...new Set(rows.flatMap(({ arm, than }) => (than === undefined ? [arm] : [arm, than])))];
}

/** Values over seeds of a number of an arm. */
async function numbersOf(folder, rows) {
  const { analysis } = JSON.parse(readFileSync(join(folder, 'experiment.json'), 'utf8'));
  const tested = rows.some(({ number }) => number.startsWith('test_'))
    ? JSON.parse((await wellfit(['evaluate', folder, '--json'])).output)
    : [];
  return (arm, number) => {
    if (number.startsWith('test_')) {
      const key = number.slice('test_'.length);
      return summarize(tested.filter(({ run }) => run.arm === arm).map(({ logs }) => logs[key]));
    }
    if (number === 'restored_excess') return summarize(restoredExcess(join(folder, arm)));
    return analysis.arms.find((candidate) => candidate.arm === arm).numbers[number];
  };
}

/** By how much the validation loss of the final weights exceeds the lowest of the run, for each seed. */
function restoredExcess(armFolder) {
  return readdirSync(armFolder).map((seed) => {
    const { final } = JSON.parse(readFileSync(join(armFolder, seed, 'run.json'), 'utf8'));
    const events = readFileSync(join(armFolder, seed, 'events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(JSON.parse);
    const losses = events.filter(({ type }) => type === 'epoch:end').map(({ logs }) => logs.val_loss);
    return final.val_loss - Math.min(...losses);
  });
}

function check(row, numbers) {
  const { arm, than, number, published, tolerance, atMost, atLeast, within: near } = row;
  const measured = numbers(arm, number);
  let wanted = `${published} ± ${tolerance}`;
  let within = Math.abs(measured.mean - published) <= tolerance;
  let beside = '';
  if (than !== undefined) {
    const other = numbers(than, number);
    wanted = near === undefined ? `below ${than}` : `${than} ± ${near}`;
    within = near === undefined ? measured.mean < other.mean : Math.abs(measured.mean - other.mean) <= near;
    beside = ` against ${shown(other)}`;
  } else if (atMost !== undefined || atLeast !== undefined) {
    wanted = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
    within = atMost === undefined ? measured.mean >= atLeast : measured.mean <= atMost;
  }
  const line = [arm.padEnd(15), number.padEnd(20), wanted.padStart(18), `  ${shown(measured)}${beside}`];
  console.log(`${line.join(' ')}  ${within ? 'pass' : 'FAIL'}`);
  return within;
}

/** Mean and 95 % interval. */
function shown({ mean, sd, n }) {
  const digits = Math.abs(mean) >= 10 ? 1 : 4;
  if (sd === null || n < 2) return mean.toFixed(digits);
  const half = ((T[n - 2] ?? 2.262) * sd) / Math.sqrt(n);
  return `${mean.toFixed(digits)} [${(mean - half).toFixed(digits)}, ${(mean + half).toFixed(digits)}]`;
}

function minutes(ms) {
  return (ms / 60_000).toFixed(1);
}

/** Runs the command; ends it as Ctrl-C does when the time is up. */
function wellfit(args, timeout = 2 ** 31 - 1) {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  const timer = setTimeout(() => child.kill('SIGINT'), Math.min(timeout, 2 ** 31 - 1));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 130) return resolve({ inTime: false, output });
      if (code !== 0) return reject(new Error(`wellfit ${args.join(' ')} ended with exit code ${code}`));
      resolve({ inTime: true, output });
    });
  });
}
