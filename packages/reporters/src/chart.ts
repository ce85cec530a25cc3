import { definePlugin, type Reporter, type ReporterHost } from '@wellfit/core';
import { ignoreElements, tap } from 'rxjs';
import { z } from 'zod';
import { renderChart } from './chart/render-chart.js';
import { experimentRecord } from './experiment-record.js';
import { colorsFor } from './terminal-text.js';

const options = z
  .strictObject({
    columns: z
      .int()
      .min(36)
      .max(1000)
      .optional()
      .describe('Columns to draw in; by default those of the terminal, or 80 in a pipe.'),
  })
  .prefault({});

/** Options of {@link chart}. */
export type ChartReporterOptions = z.input<typeof options>;

/**
 * Prints charts of text when the experiment ends: loss and accuracy of all arms, and where the runs have them, curves
 * over training-set size and histograms of weights and activations. Colored on a terminal; in a pipe, letters tell the
 * arms apart.
 */
export const chart = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'chart',
  description: 'Prints loss and accuracy of all arms as charts of text at the end.',
  options,
  create: ({ columns }, { stdout }) => ({
    name: 'chart',
    connect: (events$) =>
      events$.pipe(
        experimentRecord,
        tap((record) => {
          const color = colorsFor(stdout).isColorSupported;
          stdout.write(`\n${renderChart(record, { columns: columns ?? stdout.columns ?? 80, color })}`);
        }),
        ignoreElements(),
      ),
  }),
});
