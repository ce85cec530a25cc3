import { statSync } from 'node:fs';
import { join } from 'node:path';
import { definePlugin, type ExperimentEvent, type Reporter, type ReporterHost } from '@wellfit/core';
import { defer, finalize, ignoreElements, tap } from 'rxjs';
import { z } from 'zod';
import { openLineLog } from './line-log.js';

const options = z
  .strictObject({
    path: z.string().min(1).optional().describe('File to append to; `<folder>/events.jsonl` by default.'),
    steps: z.boolean().default(false).describe('Also write `step:end`, one line per training step.'),
  })
  .prefault({});

/** Options of {@link jsonl}. */
export type JsonlOptions = z.input<typeof options>;

/**
 * Appends every event as one line of JSON, at once, so that the file can be followed while the experiment runs.
 *
 * @throws ReporterError `write-failed` through its stream.
 */
export const jsonl = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'jsonl',
  description: 'Appends every event as one line of JSON.',
  options,
  create: ({ path, steps }, host) => ({
    name: 'jsonl',
    connect: (events$) =>
      defer(() => {
        const file = path ?? join(host.folder, 'events.jsonl');
        // A resumed experiment shows again what was written before.
        const goesOn = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
        const log = openLineLog(file);
        return events$.pipe(
          tap({
            next: (event: ExperimentEvent) => {
              if (goesOn && 'arm' in event && event.recorded) return;
              if (steps || event.type !== 'step:end') log.append(event);
            },
            complete: () => log.close(),
          }),
          ignoreElements(),
          finalize(() => log.close()),
        );
      }),
  }),
});
