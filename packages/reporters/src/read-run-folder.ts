import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentEvent, Numerics, RunEvent, RunScope } from '@wellfit/core';
import type { z } from 'zod';
import { ReporterError, reading } from './errors.js';
import { addEvent, type ExperimentRecord } from './experiment-record.js';
import { isShallow } from './is-shallow.js';
import { MOST_RUNS } from './most-runs.js';
import { checkSameNumerics } from './numerics.js';
import { runFolderPath } from './run-folder-layout.js';
import { experimentFileSchema, runEventSchema, runFileSchema } from './run-folder-schema.js';
import { schemaVersion } from './schema-version.js';

/** Larger files were not written by wellfit; reading them would only fill the memory. */
const largestFile = 256 * 1024 * 1024;

/**
 * Reads what the reporter `run-folder` has recorded, also of an experiment that is still running or was killed: a
 * torn last line is skipped, and a run without its end counts as cancelled. `runs` are histories, for analysis and
 * figures. The content is checked, as the files may come from anybody.
 *
 * @throws ReporterError `read-failed` where `experiment.json` is missing or unreadable; `bad-run-folder`, with file
 * and line, for content that wellfit did not write; `mixed-numerics` for a run that was computed otherwise than the
 * experiment says; `unsafe-name` for an arm that would lead out of the folder.
 * @example
 * const { runs, end } = readRunFolder('runs/imdb-capacity-1a2b3c');
 */
export function readRunFolder(folder: string): ExperimentRecord {
  const path = join(folder, 'experiment.json');
  const content = parse(path, readText(path));
  checkNotNewer(path, content);
  if (!isShallow(content)) throw bad(path, 'is nested deeper than wellfit writes');
  const file = check(path, experimentFileSchema, content);
  const { name, description, arms, baseline, seeds, startedAt, versions, spec } = file;
  if (arms.length * seeds.length > MOST_RUNS) {
    throw bad(path, `plans ${arms.length} × ${seeds.length} runs, more than wellfit reads`);
  }
  const { backend, backendDetail, backendReason, numerics, pluginFolders } = file;
  const computed = {
    backend,
    backendDetail,
    backendReason,
    numerics,
    ...(pluginFolders && { pluginFolders }),
  };
  const start = { name, description, arms, baseline, seeds, startedAt, ...computed, versions, spec };
  const events: ExperimentEvent[] = [{ type: 'experiment:start', ...start }];
  events.push(...file.datasets.map((dataset) => ({ type: 'dataset:ready', ...dataset }) as const));
  events.push(...file.warnings.map((warning) => ({ type: 'warning', ...warning }) as const));
  for (const seed of seeds)
    for (const arm of arms) events.push(...readRunEvents(folder, { arm, seed }, numerics));
  const { status, durationMs, analysis } = file;
  if (status !== 'running' && analysis !== undefined) {
    events.push({ type: 'experiment:end', status, durationMs: durationMs ?? 0, analysis });
  }
  const record = events.reduce(addEvent, { datasets: [], warnings: [], runs: [] });
  return record.end || durationMs === undefined ? record : { ...record, spentMs: durationMs };
}

/**
 * The recorded events of one run, without its steps; none where it has not begun.
 *
 * @param numerics Those of the experiment.
 * @throws ReporterError as {@link readRunFolder}.
 */
export function readRunEvents(folder: string, scope: RunScope, numerics: Numerics = 'exact'): RunEvent[] {
  const summary = join(runFolderPath(folder, scope), 'run.json');
  if (existsSync(summary)) {
    const found = check(summary, runFileSchema, parse(summary, readText(summary)));
    checkSameNumerics(numerics, found.numerics, summary);
  }
  const path = join(runFolderPath(folder, scope), 'events.jsonl');
  if (!existsSync(path)) return [];
  const lines = readText(path).split('\n');
  // A complete file ends with a newline, so what follows the last one is empty or torn.
  lines.pop();
  return lines.map((line, i) => {
    const place = `${path}:${i + 1}`;
    const event = check(place, runEventSchema, parse(place, line));
    if (event.arm !== scope.arm || event.seed !== scope.seed) {
      const found = `arm ${JSON.stringify(event.arm)}, seed ${event.seed}`;
      throw bad(place, `holds an event of ${found}, which belongs to another folder`);
    }
    return event;
  });
}

/** What a newer wellfit wrote is not damaged: it needs another reader, not another run. */
function checkNotNewer(place: string, content: unknown): void {
  const found = (content as { readonly schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof found !== 'number' || !(found > schemaVersion)) return;
  const what = `has the schemaVersion ${found}, and this wellfit reads ${schemaVersion}`;
  throw new ReporterError('bad-run-folder', `${place} ${what}: a newer wellfit wrote it. Update wellfit.`);
}

function readText(path: string): string {
  const status = reading(path, () => statSync(path));
  const { size } = status;
  // Whoever opened a pipe would wait for a writer.
  if (!status.isFile() && !status.isDirectory()) throw bad(path, 'is no file');
  if (size > largestFile) throw bad(path, `has ${size} bytes, more than wellfit writes`);
  return reading(path, () => readFileSync(path, 'utf8'));
}

function parse(place: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw bad(place, `is not JSON (${(error as Error).message})`, error);
  }
}

function check<S extends z.ZodType>(place: string, schema: S, data: unknown): z.output<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw bad(place, path.length > 0 ? `has a wrong ${path.map(String).join('.')}: ${message}` : message);
}

function bad(place: string, what: string, cause?: unknown): ReporterError {
  const message = `${place} ${what}. Was it written by wellfit? Run the experiment again, or restore the file.`;
  return new ReporterError('bad-run-folder', message, { cause });
}
