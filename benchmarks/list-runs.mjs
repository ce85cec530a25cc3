/**
 * Times `wellfit runs` and `wellfit runs --json` on many run folders, as whole processes, and prints the medians.
 *
 *   node benchmarks/list-runs.mjs                            10,000 folders, all of them complete
 *   node benchmarks/list-runs.mjs --folders 1000 --times 9
 *   node benchmarks/list-runs.mjs --killed 0.1               a tenth broke off: each run.json of those is read
 *
 * The folders are copies of one experiment of three arms and three seeds that is trained first. Build before.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './median.mjs';

const bin = fileURLToPath(new URL('../packages/cli/bin/wellfit.js', import.meta.url));
const { values } = parseArgs({
  options: {
    folders: { type: 'string', default: '10000' },
    times: { type: 'string', default: '5' },
    killed: { type: 'string', default: '0' },
  },
});
const [folders, times, killed] = [values.folders, values.times, values.killed].map(Number);

const cwd = mkdtempSync(join(tmpdir(), 'wellfit-list-'));
try {
  const brief = ['--seeds', '3', '--epochs', '2', '--no-report', '--no-models', '--quiet'];
  execFileSync(process.execPath, [bin, 'run', 'synthetic-capacity', '--out', 'one', ...brief], { cwd });
  const trained = join(cwd, 'one', readdirSync(join(cwd, 'one'))[0]);
  const text = readFileSync(join(trained, 'experiment.json'), 'utf8');
  for (let i = 0; i < folders; i += 1) makeFolder(i, trained, JSON.parse(text));
  const bytes = Math.round(text.length / 1000);
  console.log(`${folders} run folders, experiment.json of ${bytes} kB, a share of ${killed} killed`);
  for (const args of [[], ['--json']]) {
    const took = Array.from({ length: times }, () => {
      const start = performance.now();
      execFileSync(process.execPath, [bin, 'runs', 'many', ...args], { cwd, maxBuffer: 2 ** 30 });
      return performance.now() - start;
    });
    const all = took.map((ms) => ms.toFixed(0)).join(', ');
    console.log(`wellfit runs ${args.join(' ')}: median ${median(took).toFixed(0)} ms of ${all}`);
  }
} finally {
  rmSync(cwd, { recursive: true, force: true });
}

function makeFolder(i, trained, experiment) {
  const startedAt = new Date(Date.parse(experiment.startedAt) - 60_000 * i).toISOString();
  const folder = join(cwd, 'many', `synthetic-capacity-${startedAt.replaceAll(/\W/g, '')}-${i}`);
  mkdirSync(folder, { recursive: true });
  const isKilled = (i * killed) % 1 >= 1 - killed && killed > 0;
  const { analysis, outcome, durationMs, spec, ...rest } = { ...experiment, startedAt };
  const content = isKilled
    ? { ...rest, status: 'running', spec }
    : { ...rest, durationMs, outcome, analysis, spec };
  // In the order in which wellfit writes the keys: what is long comes last.
  writeFileSync(join(folder, 'experiment.json'), `${JSON.stringify(content, null, 2)}\n`);
  if (!isKilled) return;
  for (const arm of experiment.arms) {
    for (const seed of experiment.seeds) {
      cpSync(join(trained, arm, `${seed}`, 'run.json'), join(folder, arm, `${seed}`, 'run.json'));
    }
  }
}
