import { join } from 'node:path';
import {
  definePlugin,
  type ExperimentEvent,
  type Reporter,
  type ReporterHost,
  type RunEvent,
} from '@wellfit/core';
import { defer, finalize, ignoreElements, tap } from 'rxjs';
import { z } from 'zod';
import { addEvent, type ExperimentRecord } from './experiment-record.js';
import { type LineLog, openLineLog } from './line-log.js';
import { experimentFile, runFile, runFolderPath } from './run-folder-layout.js';
import { writeJson } from './write-atomically.js';

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

function recordIn(folder: string): { next(event: ExperimentEvent): void; close(): void } {
  let record: ExperimentRecord = { datasets: [], warnings: [], runs: [] };
  let log: LineLog | undefined;
  const close = () => {
    log?.close();
    log = undefined;
  };
  const nextOfRun = (event: RunEvent): void => {
    if (event.type === 'step:end') return;
    if (event.type === 'run:start') {
      close();
      log = openLineLog(join(runFolderPath(folder, event), 'events.jsonl'));
    }
    log?.append(event);
    const run = record.runs.find(({ arm, seed }) => arm === event.arm && seed === event.seed);
    if (run !== undefined && (event.type === 'run:start' || event.type === 'run:end')) {
      const { numerics = 'exact' } = record.start ?? {};
      const status = event.type === 'run:end' ? event.status : 'running';
      writeJson(join(runFolderPath(folder, event), 'run.json'), runFile(run, status, numerics));
    }
    if (event.type === 'run:end') {
      close();
      // What is kept of a finished run is on the disk.
      record = { ...record, runs: [] };
    }
  };
  return {
    next: (event) => {
      record = addEvent(record, event);
      if ('arm' in event) nextOfRun(event);
      else if (event.type !== 'dataset:progress') {
        writeJson(join(folder, 'experiment.json'), experimentFile(record));
      }
    },
    close,
  };
}
