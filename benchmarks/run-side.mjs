import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Long enough for the slowest side; whatever takes longer hangs. */
const DEADLINE_MS = 20 * 60_000;

/**
 * Runs one side of a benchmark in a process of its own.
 *
 * @param job What it is to do, handed over as its first argument.
 * @returns What its last line of JSON says, with the seconds `fromCommand` to its end of the last epoch; or why it
 *   `failed`, in one line.
 */
export async function runSide(side, job, python) {
  const script = fileURLToPath(new URL(side.script, import.meta.url));
  const startedAt = Date.now();
  const argument = JSON.stringify({ ...job, startedAt });
  const program = script.endsWith('.py') ? python : process.execPath;
  const threads = String(job.threads ?? 1);
  const child = spawn(program, [script, argument], {
    env: {
      ...process.env,
      OMP_NUM_THREADS: threads,
      MKL_NUM_THREADS: threads,
      NODE_NO_WARNINGS: '1',
      PYTHONDONTWRITEBYTECODE: '1',
    },
    timeout: DEADLINE_MS,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      stderr += error.message;
      resolve(1);
    });
    child.on('close', resolve);
  });
  if (code !== 0) return { failed: reasonOf(stderr) ?? `ended with ${code}` };
  const lines = stdout.trim().split('\n');
  const result = JSON.parse(lines.pop());
  return { ...result, printed: lines, fromCommand: (result.endedAt - startedAt) / 1000 };
}

/** The line of an error output that names the error. */
function reasonOf(stderr) {
  const lines = stderr.trim().split('\n');
  return lines.findLast((line) => /^\w*(Error|Exception)\b/.test(line)) ?? (lines.at(-1) || undefined);
}
