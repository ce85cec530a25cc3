import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { isWellfitError, parseExperiment, type ExperimentSpec, type Json } from '@wellfit/core';
import { readRunEvents, readRunFolder, reporters } from '@wellfit/reporters';
import { from, lastValueFrom } from 'rxjs';
import type { Host } from '../host.js';
import { makeReporter } from '../run/make-reporter.js';

/**
 * Draws the figures of a run folder again from the files in it, also of an experiment that was interrupted, and its table
 * of epochs where the experiment asked for one. They are always written into the folder: a path that stands in
 * a recorded specification is not trusted.
 *
 * @returns The names of the figures in the folder.
 * @throws ReporterError where the folder cannot be read or a figure not be drawn or written; CoreError `bad-option`.
 */
export async function rebuildFigures(
  reference: string,
  { cwd, stdout }: Pick<Host, 'cwd' | 'stdout'>,
): Promise<string[]> {
  const folder = resolve(cwd, reference);
  const { start, runs } = readRunFolder(folder);
  if (!start) throw new TypeError('a run folder is read with its start');
  const events = runs.flatMap((run) => readRunEvents(folder, run, start.numerics));
  const asked = recordedReporters(start.spec);
  for (const name of ['figure', 'csv'] as const) {
    const use = asked[name] ?? name === 'figure';
    if (use === false) continue;
    const reporter = makeReporter(reporters[name], inFolder(use), { folder, stdout });
    await lastValueFrom(reporter.connect(from([start, ...events])), { defaultValue: undefined });
  }
  return readdirSync(folder).filter((name) => /\.(svg|png)$/.test(name));
}

/** None where this version cannot read the specification: figures have defaults. */
function recordedReporters(spec: Json): ExperimentSpec['reporters'] {
  try {
    return parseExperiment(spec).reporters;
  } catch (error) {
    if (isWellfitError(error)) return {};
    throw error;
  }
}

function inFolder(use: ExperimentSpec['reporters'][string]): ExperimentSpec['reporters'][string] {
  if (typeof use !== 'object') return use;
  const { path: _, ...rest } = use as { readonly path?: unknown };
  return rest;
}
