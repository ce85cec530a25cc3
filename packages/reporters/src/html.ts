import { join } from 'node:path';
import { definePlugin, type Reporter, type ReporterHost } from '@wellfit/core';
import { concatMap, ignoreElements } from 'rxjs';
import { z } from 'zod';
import { experimentRecord } from './experiment-record.js';
import { renderReport } from './report/render-report.js';
import { writeAtomically } from './write-atomically.js';

const options = z
  .strictObject({
    path: z.string().min(1).optional().describe('File to write; `<folder>/report.html` by default.'),
  })
  .prefault({});

/** Options of {@link html}. */
export type HtmlOptions = z.input<typeof options>;

/**
 * Writes the report of an experiment as one self-contained HTML page when it ends, also when it was cancelled.
 *
 * @throws ReporterError `write-failed` through its stream.
 */
export const html = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'html',
  description: 'Writes a self-contained HTML report with results and curves.',
  options,
  create: ({ path }, { folder }) => ({
    name: 'html',
    connect: (events$) =>
      events$.pipe(
        experimentRecord,
        concatMap(async (record) => {
          writeAtomically(path ?? join(folder, 'report.html'), await renderReport(record));
        }),
        ignoreElements(),
      ),
  }),
});
