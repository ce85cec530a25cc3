import { extname, join } from 'node:path';
import { definePlugin, type Reporter, type ReporterHost } from '@wellfit/core';
import { concatMap, ignoreElements } from 'rxjs';
import { z } from 'zod';
import { experimentRecord, type ExperimentRecord } from './experiment-record.js';
import { figureSpec } from './figures/figure-spec.js';
import { renderPng } from './figures/render-png.js';
import { renderSvg } from './figures/render-svg.js';
import { writeAtomically } from './write-atomically.js';

const panel = z.strictObject({
  title: z.string().min(1),
  training: z.string().min(1).optional().describe('Key of the logs to draw solid.'),
  validation: z.string().min(1).optional().describe('Key of the logs to draw dashed.'),
  best: z.enum(['lowest', 'highest']).optional().describe('Which end of the validation curve gets a dot.'),
});

const options = z
  .strictObject({
    metrics: z
      .array(z.union([z.string().min(1), panel]))
      .min(1)
      .optional()
      .describe('One panel each; `loss` and `accuracy` by default.'),
    path: z
      .string()
      .min(1)
      .optional()
      .describe(
        'File to write, `<folder>/curves` by default; without `.svg` or `.png` at its end, `format` adds it.',
      ),
    format: z.enum(['svg', 'png', 'both']).default('both'),
    width: z.int().min(50).max(4000).default(380).describe("Width of a panel's plot, in pixels."),
    height: z.int().min(50).max(4000).default(260).describe("Height of a panel's plot, in pixels."),
    scale: z.number().min(0.1).max(10).default(2).describe('Pixels of the PNG per pixel of the figure.'),
    band: z.enum(['min-max', 'sd']).default('min-max').describe('What the band over seeds spans.'),
  })
  .prefault({});

/** Options of {@link figure}. */
export type FigureReporterOptions = z.input<typeof options>;

/**
 * Draws the curves of all arms when the experiment ends, as SVG and PNG: a panel for each metric, a color for each
 * arm, validation dashed, a band over seeds. Writes nothing where no epoch was finished.
 *
 * @throws ReporterError `unknown-metric` or `write-failed` through its stream.
 */
export const figure = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'figure',
  description: 'Draws the curves of all arms as SVG and PNG.',
  options,
  create: (chosen, { folder }) => ({
    name: 'figure',
    connect: (events$) =>
      events$.pipe(
        experimentRecord,
        concatMap((record) => writeFigure(record, chosen.path ?? join(folder, 'curves'), chosen)),
        ignoreElements(),
      ),
  }),
});

async function writeFigure(
  { runs, start }: ExperimentRecord,
  path: string,
  { format, scale, metrics, width, height, band }: z.output<typeof options>,
): Promise<void> {
  const spec = figureSpec(runs, { metrics, width, height, band, arms: start?.arms });
  if (spec === undefined) return;
  const svg = await renderSvg(spec);
  const ending = extname(path).toLowerCase();
  const isNamed = ending === '.svg' || ending === '.png';
  const file = (wanted: string) => (isNamed ? path : `${path}${wanted}`);
  const wants = (wanted: string) =>
    isNamed ? ending === wanted : format === 'both' || `.${format}` === wanted;
  if (wants('.svg')) writeAtomically(file('.svg'), svg);
  if (wants('.png')) writeAtomically(file('.png'), await renderPng(svg, scale));
}
