import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ExperimentAnalysis } from '@wellfit/core';

const command = fileURLToPath(new URL('../packages/cli/bin/wellfit.js', import.meta.url));
/** Makes the process say at its end how much memory it held at most, in kB. */
const REPORT_MEMORY =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('maxRSS '+process.resourceUsage().maxRSS))";

const realData = process.env.WELLFIT_DATASETS ? test : test.skip;

realData('the built command trains on the real reviews, 10,000 words, in less than 400 MB', async () => {
  const out = mkdtempSync(join(tmpdir(), 'wellfit-imdb-'));
  try {
    const { stderr } = await promisify(execFile)(process.execPath, [
      ...['--import', REPORT_MEMORY, command, 'run', 'imdb-10k'],
      ...['--arms', 'none', '--epochs', '3', '--out', out, '--quiet', '--no-report'],
    ]);
    expect(Number(/maxRSS (\d+)/.exec(stderr)![1])).toBeLessThan(400 * 1024);

    const [folder] = readdirSync(out);
    const record = readFileSync(join(out, folder, 'experiment.json'), 'utf8');
    const { analysis } = JSON.parse(record) as { analysis: ExperimentAnalysis };
    const [{ parameters, numbers }] = analysis.arms;
    expect(parameters).toBe(160_305);
    // Keras 3 reaches .282 in epoch 3 (mean of 5 seeds); single seeds differ by about .005.
    expect(Math.abs(numbers.lowest_val_loss.mean - 0.282)).toBeLessThan(0.02);
    expect(Math.abs(numbers.peak_val_accuracy.mean - 0.888)).toBeLessThan(0.01);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
