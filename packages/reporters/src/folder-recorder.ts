import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  isWellfitError,
  type ExperimentEvent,
  type RunEvent,
  type RunScope,
  type RunStatus,
} from '@wellfit/core';
import type { ReporterError } from './errors.js';
import { addEvent, type ExperimentRecord } from './experiment-record.js';
import { readRunFolder } from './read-run-folder.js';
import { RunFiles } from './run-files.js';
import { experimentFile, runFile, runFolderPath } from './run-folder-layout.js';
import { writeJson } from './write-atomically.js';

/** How often `experiment.json` says at least how long the experiment has taken, in ms, as far as epochs end. */
const SPENT_EVERY_MS = 5000;

/** Writes the events of an experiment into its folder, as far as the disk takes them; see the reporter `run-folder`. */
export class FolderRecorder {
  #record: ExperimentRecord = { datasets: [], warnings: [], runs: [] };
  /** By folder; several where runs go on at the same time. */
  readonly #open = new Map<string, RunFiles>();
  readonly #ended = new Map<string, RunStatus>();
  readonly #since = performance.now();
  #isChanged = false;
  #writtenAt = -Infinity;

  constructor(private readonly folder: string) {}

  /**
   * Takes an event, if there is one, and writes all that waits.
   *
   * @returns Why something could not be written; it is tried again at the next call.
   * @throws ReporterError `unsafe-name`.
   */
  next(event?: ExperimentEvent): ReporterError | undefined {
    if (event?.type === 'step:end' || event?.type === 'dataset:progress') return undefined;
    if (event) this.#take(event);
    const problems = this.#writeRuns(event);
    // An experiment must not look complete while its runs are not.
    if (problems.length === 0 && this.#isChanged) problems.push(...attempt(() => this.#writeExperiment()));
    return problems[0];
  }

  close(): void {
    // All of them, whatever one of them says: what it holds is written.
    for (const files of this.#open.values()) attempt(() => files.close());
    this.#open.clear();
  }

  #take(event: ExperimentEvent): void {
    this.#record = addEvent(this.#record, event);
    if (event.type === 'experiment:start') {
      this.#record = { ...this.#record, ...toldBefore(this.folder, event.startedAt) };
    }
    if (!('arm' in event)) this.#isChanged = true;
    else {
      this.#takeOfRun(event);
      const isProgress = event.type === 'epoch:end' || event.type === 'run:end';
      if (isProgress && !event.recorded && performance.now() - this.#writtenAt >= SPENT_EVERY_MS)
        this.#isChanged = true;
    }
  }

  #takeOfRun(event: RunEvent): void {
    const path = runFolderPath(this.folder, event);
    if (event.type === 'run:start') {
      // What is left of an earlier try is of no use.
      attempt(() => this.#open.get(path)?.close());
      this.#open.set(path, new RunFiles(path));
      this.#ended.delete(path);
    }
    const files = this.#open.get(path);
    const isFirst = files?.add(event) ?? false;
    const isEnd = event.type === 'run:end';
    const isIt = ({ arm, seed }: RunScope): boolean => arm === event.arm && seed === event.seed;
    const run = this.#record.runs.find(isIt);
    if (run !== undefined && !event.recorded && (isFirst || isEnd)) {
      const { numerics = 'exact' } = this.#record.start ?? {};
      files?.summarize(runFile(run, isEnd ? event.status : 'running', numerics));
    }
    if (!isEnd) return;
    this.#ended.set(path, event.status);
    // What is kept of a finished run is on the disk, or waits to be.
    this.#record = { ...this.#record, runs: this.#record.runs.filter((other) => !isIt(other)) };
  }

  /**
   * Writes what waits, all of it at the end. Until then the others wait behind one that cannot be written, but for the run of the
   * event: the more runs a full disk refuses, the longer would each event take.
   */
  #writeRuns(event?: ExperimentEvent): ReporterError[] {
    const own = event && 'arm' in event ? runFolderPath(this.folder, event) : undefined;
    const problems: ReporterError[] = [];
    for (const [path, files] of this.#open) {
      if (event && problems.length > 0 && path !== own) continue;
      problems.push(...attempt(() => this.#writeRun(path, files)));
    }
    return problems;
  }

  #writeRun(path: string, files: RunFiles): void {
    files.write();
    if (!this.#ended.has(path)) return;
    files.close();
    this.#open.delete(path);
  }

  #writeExperiment(): void {
    const { start, end } = this.#record;
    const spentMs = end?.durationMs ?? (start?.spentMs ?? 0) + performance.now() - this.#since;
    const content = experimentFile(this.#record, [...this.#ended.values()], spentMs);
    writeJson(join(this.folder, 'experiment.json'), content);
    this.#isChanged = false;
    this.#writtenAt = performance.now();
  }
}

/** What went wrong with a file, which a later try may mend. */
function attempt(write: () => void): ReporterError[] {
  try {
    write();
    return [];
  } catch (error) {
    if (isWellfitError(error) && error.code === 'write-failed') return [error];
    throw error;
  }
}

/** What a resumed experiment has told of itself: it is not told again, or only later. */
function toldBefore(
  folder: string,
  startedAt: string,
): Pick<ExperimentRecord, 'datasets' | 'warnings'> | undefined {
  const path = join(folder, 'experiment.json');
  if (!existsSync(path)) return undefined;
  try {
    const { start, datasets, warnings } = readRunFolder(folder);
    return start?.startedAt === startedAt ? { datasets, warnings } : undefined;
  } catch {
    // Whatever is there is replaced.
    return undefined;
  }
}
