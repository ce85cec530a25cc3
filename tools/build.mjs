/** Builds every package that changed (Nx caches the rest); says one line, or everything where a build fails. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import './remove-stale.mjs';

const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
const started = performance.now();
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [nx, 'run-many', '-t', 'build', '--outputStyle=stream-without-prefixes'],
  { encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, NX_DAEMON: 'false' } },
);
if (status === 0) {
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
} else {
  console.error(stdout, stderr);
  process.exitCode = 1;
}
