/**
 * Runs the built-in experiments on the real data and compares the means over seeds with figures of Keras.
 *
 *   npm run verify                                  everything, 5 seeds
 *   npm run verify -- --only imdb-10k --seeds 3     one experiment, fewer seeds
 *
 * The data comes from `WELLFIT_DATASETS` or the network. Ends with exit code 1 where a figure lies outside its tolerance.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Published means of Keras 3 on the same data, and how far ours may lie from them: [arm, number, published, tolerance].
 * Tolerances are about three standard errors of the difference of two means of 5 seeds; after an epoch in which a
 * network has learnt the data by heart, seeds differ by .03 and more.
 */
const PUBLISHED = {
  'imdb-10k': [
    ['none', 'lowest_val_loss', 0.282, 0.01],
    ['none', 'peak_val_accuracy', 0.8883, 0.004],
    ['none', 'final_val_loss', 0.635, 0.06],
    ['none', 'final_val_accuracy', 0.8555, 0.01],
    ['l2', 'lowest_val_loss', 0.331, 0.01],
    ['l2', 'peak_val_accuracy', 0.8876, 0.004],
    ['l2', 'final_val_loss', 0.441, 0.06],
    ['l2', 'final_val_accuracy', 0.8644, 0.02],
    ['dropout', 'lowest_val_loss', 0.278, 0.01],
    ['dropout', 'peak_val_accuracy', 0.8886, 0.004],
    ['dropout', 'final_val_loss', 0.558, 0.06],
    ['dropout', 'final_val_accuracy', 0.8757, 0.01],
  ],
  'imdb-remedies': [
    ['none', 'lowest_val_loss', 0.328, 0.01],
    ['none', 'final_val_loss', 0.405, 0.06],
    ['none', 'final_val_accuracy', 0.845, 0.01],
    ['l2', 'lowest_val_loss', 0.354, 0.01],
    ['l2', 'final_val_loss', 0.358, 0.02],
    ['l2', 'final_val_accuracy', 0.859, 0.006],
    ['dropout', 'lowest_val_loss', 0.323, 0.01],
    ['dropout', 'final_val_loss', 0.343, 0.02],
    ['dropout', 'final_val_accuracy', 0.856, 0.006],
  ],
  // Computed by tools/reference/keras-fresh-order.py, which says why: the published end of `large` (.79) comes from
  // runs that repeat one batch order in every epoch.
  'imdb-capacity': [
    ['small', 'lowest_val_loss', 0.328, 0.004],
    ['small', 'final_val_loss', 0.335, 0.015],
    ['small', 'final_train_loss', 0.2719, 0.03],
    ['base', 'lowest_val_loss', 0.3279, 0.004],
    ['base', 'final_val_loss', 0.3896, 0.06],
    ['base', 'final_train_loss', 0.1878, 0.06],
    ['large', 'lowest_val_loss', 0.3283, 0.004],
    ['large', 'final_val_loss', 0.9099, 0.03],
    ['large', 'final_val_accuracy', 0.8396, 0.004],
    ['large', 'final_train_loss', 0.0005, 0.0002],
  ],
};

const { values } = parseArgs({
  options: { only: { type: 'string' }, seeds: { type: 'string', default: '5' } },
});
const experiments = Object.keys(PUBLISHED).filter((name) => !values.only || name === values.only);
if (experiments.length === 0) {
  console.error(`Nothing to verify named ${values.only}. There are: ${Object.keys(PUBLISHED).join(', ')}.`);
  process.exit(2);
}
const failures = experiments
  .map((name) => verify(name, PUBLISHED[name]))
  .reduce((sum, count) => sum + count, 0);
console.log(failures === 0 ? '\nAll within tolerance.' : `\n${failures} outside tolerance.`);
process.exitCode = failures === 0 ? 0 : 1;

/** Runs one experiment and prints a row for each published figure; returns how many lie outside their tolerance. */
function verify(name, rows) {
  const out = mkdtempSync(join(tmpdir(), 'wellfit-verify-'));
  try {
    const command = fileURLToPath(new URL('../packages/cli/bin/wellfit.js', import.meta.url));
    const started = Date.now();
    const run = spawnSync(
      process.execPath,
      [command, 'run', name, '--seeds', values.seeds, '--out', out, '--quiet'],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    if (run.status !== 0) throw new Error(`wellfit run ${name} ended with exit code ${run.status}`);
    const [folder] = readdirSync(out);
    const { analysis } = JSON.parse(readFileSync(join(out, folder, 'experiment.json'), 'utf8'));
    console.log(`\n${name}, ${values.seeds} seeds, ${((Date.now() - started) / 1000).toFixed(0)} s`);
    console.log('arm       number                    Keras   measured mean (sd)   difference  tolerance');
    return rows.filter((row) => !compare(row, analysis)).length;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function compare([arm, key, published, tolerance], analysis) {
  const { mean, sd } = analysis.arms.find((candidate) => candidate.arm === arm).numbers[key];
  const within = Math.abs(mean - published) <= tolerance;
  const measured = `${mean.toFixed(4)} (${sd === null ? '-' : sd.toFixed(4)})`;
  console.log(
    [
      arm.padEnd(9),
      key.padEnd(21),
      published.toFixed(4).padStart(9),
      measured.padStart(20),
      (mean - published).toFixed(4).padStart(12),
      tolerance.toFixed(4).padStart(10),
      within ? ' pass' : ' FAIL',
    ].join(' '),
  );
  return within;
}
