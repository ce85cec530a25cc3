import {
  definePlugin,
  errorMessage,
  type ExperimentEvent,
  type Reporter,
  type ReporterHost,
} from '@wellfit/core';
import { concat, defer, EMPTY, finalize, mergeMap, of } from 'rxjs';
import { z } from 'zod';
import { FolderRecorder } from './folder-recorder.js';

const options = z.strictObject({}).prefault({});

/**
 * Records an experiment in its folder, so that tables, figures and reports can be made from it later:
 * `experiment.json`, and for each run `<arm>/<seed>/run.json` and `<arm>/<seed>/events.jsonl`. The events of a run
 * are appended as they happen, without its steps, and can be read while it goes on and after it was killed. Read them
 * back with `readRunFolder`.
 *
 * What cannot be written, for instance since the disk is full, is kept and tried again at later events. The first time it says
 * so in a warning; only where something is missing at the end does it fail.
 *
 * @throws ReporterError `write-failed` at the end; `unsafe-name` where an arm's name would lead out of the folder. Both come
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
        const recorder = new FolderRecorder(folder);
        let isTold = false;
        const record = (event: ExperimentEvent) => {
          const problem = recorder.next(event);
          if (problem === undefined || isTold) return EMPTY;
          isTold = true;
          return of(`${errorMessage(problem)} It tries again as the experiment goes on.`);
        };
        const finish = defer(() => {
          const problem = recorder.next();
          if (problem !== undefined) throw problem;
          return EMPTY;
        });
        return concat(events$.pipe(mergeMap(record)), finish).pipe(finalize(() => recorder.close()));
      }),
  }),
});
