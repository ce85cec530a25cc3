import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  definePlugin,
  type ExperimentEvent,
  type Reporter,
  type ReporterHost,
  type RunEvent,
  type RunScope,
  type RunStatus,
} from '@wellfit/core';
import { defer, finalize, ignoreElements, tap } from 'rxjs';
import { z } from 'zod';
import { addEvent, type ExperimentRecord } from './experiment-record.js';
import { type LineLog, openLineLog } from './line-log.js';
import { readRunFolder } from './read-run-folder.js';
import { experimentFile, runFile, runFolderPath } from './run-folder-layout.js';
import { writeAtomically, writeJson } from './write-atomically.js';

const options = z.strictObject({}).prefault({});

/**
 * Records an experiment in its folder, so that tables, figures and reports can be made from it later:
 * `experiment.json`, and for each run `<arm>/<seed>/run.json` and `<arm>/<seed>/events.jsonl`. The events of a run
 * are appended as they happen, without its steps, and can be read while it goes on and after it was killed. Read them
 * back with `readRunFolder`.
 *
 * @throws ReporterError `write-failed`; `unsafe-name` where an arm's name would lead out of the folder. Both come
 * through its stream.
 */
export const runFolder = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'run-folder',
  description: 'Records the experiment and its runs in a folder, from which reports can be made again.',
  options,
  create: (_, { folder }) => ({
    name: 'run-folder',
    connect: (events$) =>
      defer(() => {
        const recorder = recordIn(folder);
        return events$.pipe(
          tap({ next: (event) => recorder.next(event), complete: () => recorder.close() }),
          ignoreElements(),
          finalize(() => recorder.close()),
        );
      }),
  }),
});

/** The files of one run. */
interface OpenRun {
  /** What happened before the run was interrupted, while nothing has followed yet. */
  readonly earlier: RunEvent[];
  log?: LineLog;
}

function recordIn(folder: string): { next(event: ExperimentEvent): void; close(): void } {
  let record: ExperimentRecord = { datasets: [], warnings: [], runs: [] };
  // By folder; several where runs go on at the same time.
  const open = new Map<string, OpenRun>();
  const ended = new Map<string, RunStatus>();
  const closeRun = (path: string): void => {
    open.get(path)?.log?.close();
    open.delete(path);
  };
  /** @returns Whether it is the first event that was not there before. */
  const write = (event: RunEvent, path: string): boolean => {
    if (event.type === 'run:start') {
      closeRun(path);
      open.set(path, { earlier: [] });
    }
    const run = open.get(path);
    if (!run) return false;
    if (event.recorded) {
      // It lies on the disk already. Only where the run goes on is its file made anew: it may have got further than the
      // checkpoint from which it does.
      run.earlier.push(withoutMark(event));
      return false;
    }
    const isFirst = run.log === undefined;
    run.log ??= openAnew(path, run.earlier);
    run.log.append(event);
    return isFirst;
  };
  const nextOfRun = (event: RunEvent): void => {
    if (event.type === 'step:end') return;
    const path = runFolderPath(folder, event);
    const isFirst = write(event, path);
    const isEnd = event.type === 'run:end';
    const isIt = ({ arm, seed }: RunScope): boolean => arm === event.arm && seed === event.seed;
    const run = record.runs.find(isIt);
    if (run !== undefined && !event.recorded && (isFirst || isEnd)) {
      const { numerics = 'exact' } = record.start ?? {};
      writeJson(join(path, 'run.json'), runFile(run, isEnd ? event.status : 'running', numerics));
    }
    if (isEnd) {
      closeRun(path);
      ended.set(path, event.status);
      // What is kept of a finished run is on the disk.
      record = { ...record, runs: record.runs.filter((other) => !isIt(other)) };
    }
  };
  return {
    next: (event) => {
      record = addEvent(record, event);
      if (event.type === 'experiment:start') record = { ...record, ...toldBefore(folder, event.startedAt) };
      if ('arm' in event) nextOfRun(event);
      else if (event.type !== 'dataset:progress') {
        writeJson(join(folder, 'experiment.json'), experimentFile(record, [...ended.values()]));
      }
    },
    close: () => [...open.keys()].forEach(closeRun),
  };
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

/** Puts what happened before in place of what the file holds, and appends to that. */
function openAnew(folder: string, events: readonly RunEvent[]): LineLog {
  const path = join(folder, 'events.jsonl');
  writeAtomically(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return openLineLog(path);
}

function withoutMark({ recorded: _, ...event }: RunEvent): RunEvent {
  return event;
}
