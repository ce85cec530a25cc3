import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isSafeName } from '../is-safe-name.js';
import { MOST_RUNS } from '../most-runs.js';
import { schemaVersion } from '../schema-version.js';

/** What a list of experiments says of one. */
export interface RunOverview {
  /** Of the experiment, not of the folder. */
  readonly experiment: string;
  /** ISO 8601, as it is recorded. */
  readonly startedAt: string;
  /** `running` also where the process was killed. */
  readonly status: 'running' | 'completed' | 'cancelled';
  /** Of all its sessions; of one that runs or was killed, as far as it is recorded. Absent there in older folders. */
  readonly durationMs?: number;
  readonly arms: number;
  readonly seeds: number;
  /** Runs that are over: completed, stopped by a callback, or diverged. */
  readonly done: number;
  /** Runs that ended by an error. */
  readonly failed: number;
  /** The best arm, where one was named. */
  readonly best?: string;
}

/** Why a folder cannot be listed, a clause. */
export interface Unlisted {
  readonly problem: string;
}

/** Most of these files are smaller; of the others enough to tell how the experiment ended. */
const head = Buffer.alloc(16 * 1024);

/** Larger files were not written by wellfit. */
const LARGEST = 256 * 1024 * 1024;

const count = z.int().min(0);

/** What of `experiment.json` is looked at; `readRunFolder` checks the rest. */
const schema = z.object({
  name: z.string(),
  status: z.enum(['running', 'completed', 'cancelled']),
  startedAt: z.string(),
  durationMs: z.number().min(0).optional(),
  arms: z.array(z.string()),
  seeds: z.array(count),
  // Absent while it runs, where it was killed, and in folders of before there was one.
  outcome: z.object({ runs: z.record(z.string(), count), best: z.string().optional() }).optional(),
});

/**
 * What a list says of a run folder, by few and small reads: of `experiment.json` the part before the long ones, and only
 * where that does not say how many runs are over, the `run.json` of each. Events are never read.
 *
 * Errors are values here, as a folder that cannot be read must not hide the others.
 *
 * @example
 * const found = readRunOverview('runs/imdb-capacity-20261121-101500-a1b2c3');
 * if (!('problem' in found)) console.log(found.done, 'of', found.arms * found.seeds);
 */
export function readRunOverview(folder: string): RunOverview | Unlisted {
  let content: unknown;
  try {
    content = readExperiment(join(folder, 'experiment.json'));
  } catch (error) {
    return { problem: reasonOf(error) };
  }
  const version = (content as { readonly schemaVersion?: unknown } | null)?.schemaVersion;
  if (version !== schemaVersion) return { problem: versionProblem(version) };
  const result = schema.safeParse(content);
  if (!result.success) {
    return { problem: `its experiment.json has a wrong ${result.error.issues[0].path.join('.')}` };
  }
  const { name, status, startedAt, durationMs, arms, seeds, outcome } = result.data;
  if (arms.length * seeds.length > MOST_RUNS) {
    return { problem: `it plans ${arms.length} × ${seeds.length} runs, more than wellfit lists` };
  }
  const runs = outcome?.runs ?? recordedRuns(folder, arms, seeds);
  return {
    experiment: name,
    startedAt,
    status,
    ...(durationMs !== undefined && { durationMs }),
    arms: arms.length,
    seeds: seeds.length,
    done: (runs.completed ?? 0) + (runs.stopped ?? 0) + (runs.diverged ?? 0),
    failed: runs.failed ?? 0,
    ...(outcome?.best !== undefined && { best: outcome.best }),
  };
}

function readExperiment(path: string): unknown {
  // Without waiting: a pipe of this name would have no writer.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const size = readSync(file, head, 0, head.length, 0);
    const start = headOf(head.toString('utf8', 0, size));
    if (start !== undefined) return JSON.parse(start);
    if (fstatSync(file).size > LARGEST) throw new RangeError('it is larger than wellfit writes');
    return JSON.parse(size < head.length ? head.toString('utf8', 0, size) : readFileSync(path, 'utf8'));
  } finally {
    closeSync(file);
  }
}

/**
 * The object without the long parts at its end. Lines of JSON cannot begin within a text, and only keys of the object
 * itself are indented by two.
 */
function headOf(text: string): string | undefined {
  const end = text.search(/,\n {2}"(analysis|spec)": /);
  return end < 0 ? undefined : `${text.slice(0, end)}}`;
}

/** How many runs ended how, where `experiment.json` does not tell yet. */
function recordedRuns(
  folder: string,
  arms: readonly string[],
  seeds: readonly number[],
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { completed: 0, stopped: 0, diverged: 0, failed: 0 };
  for (const arm of arms.filter(isSafeName)) {
    for (const seed of seeds) {
      const status = statusOf(join(folder, arm, String(seed), 'run.json'));
      if (status !== undefined && Object.hasOwn(counts, status)) counts[status] += 1;
    }
  }
  return counts;
}

function statusOf(path: string): string | undefined {
  try {
    const { status } = readExperiment(path) as { readonly status?: unknown };
    return typeof status === 'string' ? status : undefined;
  } catch {
    // It has not begun, or its file is damaged: either way it is not over.
    return undefined;
  }
}

function versionProblem(version: unknown): string {
  if (typeof version !== 'number') return 'its experiment.json is not one of wellfit';
  const whose = version > schemaVersion ? 'a newer wellfit made it' : 'it is of an older version';
  return `${whose} (schemaVersion ${version}, this wellfit reads ${schemaVersion})`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'it has no experiment.json';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (error instanceof SyntaxError) return 'its experiment.json is not JSON';
  return message;
}
