import { extname, join } from 'node:path';
import { definePlugin, type Reporter, type ReporterHost } from '@wellfit/core';
import { concatMap, ignoreElements } from 'rxjs';
import { z } from 'zod';
import { experimentRecord, type ExperimentRecord } from './experiment-record.js';
import { chooseFigures, figureKinds, type NamedFigure } from './figures/choose-figures.js';
import { renderPng } from './figures/render-png.js';
import { renderSvg } from './figures/render-svg.js';
import { writeAtomically } from './write-atomically.js';

const panel = z.strictObject({
  title: z.string().min(1),
  training: z.string().min(1).optional().describe('Key of the logs to draw solid.'),
  validation: z.string().min(1).optional().describe('Key of the logs to draw dashed.'),
  best: z.enum(['lowest', 'highest']).optional().describe('Which end of the validation curve gets a dot.'),
});

const kind = z.enum(figureKinds);

const options = z
  .strictObject({
    kind: z
      .union([kind, z.array(kind).min(1)])
      .optional()
      .describe(
        'Which figures; by default curves, and of distributions and training-size what the runs have.',
      ),
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
        'File to write, by default named after the figure, in the folder; without `.svg` or `.png` at its end, `format` adds it. Further figures get their name added.',
      ),
    format: z.enum(['svg', 'png', 'both']).default('both'),
    width: z.int().min(50).max(4000).optional().describe("Width of a panel's plot, in pixels."),
    height: z.int().min(50).max(4000).optional().describe("Height of a panel's plot, in pixels."),
    scale: z.number().min(0.1).max(10).default(2).describe('Pixels of the PNG per pixel of the figure.'),
    band: z.enum(['min-max', 'sd']).default('min-max').describe('What the band over seeds spans.'),
  })
  .prefault({});

/** Options of {@link figure}. */
export type FigureReporterOptions = z.input<typeof options>;

/**
 * Draws figures when the experiment ends, as SVG and PNG: `curves` (a panel for each metric, all arms in it),
 * `multiples` (a panel for each arm), `distributions` (two figures, `weights` and `activations`, before and after training)
 * and `training-size` (over the number of training rows). Writes nothing where no epoch was finished.
 *
 * @throws ReporterError `unknown-metric`, `write-failed`, or `nothing-to-draw` where the runs lack what a figure that was
 *   asked for needs, through its stream.
 */
export const figure = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'figure',
  description: 'Draws curves, small multiples, distributions and training-size curves as SVG and PNG.',
  options,
  create: (chosen, { folder }) => ({
    name: 'figure',
    connect: (events$) =>
      events$.pipe(
        experimentRecord,
        concatMap((record) => writeFigures(record, folder, chosen)),
        ignoreElements(),
      ),
  }),
});

async function writeFigures(
  { runs, start }: ExperimentRecord,
  folder: string,
  { kind: asked, path, format, scale, ...look }: z.output<typeof options>,
): Promise<void> {
  const kinds = typeof asked === 'string' ? [asked] : asked;
  const figures = chooseFigures(runs, kinds, { ...look, arms: start?.arms });
  for (const [i, drawn] of figures.entries()) {
    await writeFigure(drawn, pathOf(drawn.name, i === 0, folder, path), format, scale);
  }
}

/** Without a path, every figure has its own name; with one, the first has it, and further ones their name added. */
function pathOf(name: string, isFirst: boolean, folder: string, path: string | undefined): string {
  if (path === undefined) return join(folder, name);
  if (isFirst) return path;
  const ending = isImage(path) ? extname(path) : '';
  return `${path.slice(0, path.length - ending.length)}-${name}${ending}`;
}

function isImage(path: string): boolean {
  return ['.svg', '.png'].includes(extname(path).toLowerCase());
}

async function writeFigure(
  { spec }: NamedFigure,
  path: string,
  format: 'svg' | 'png' | 'both',
  scale: number,
): Promise<void> {
  const svg = await renderSvg(spec);
  const isNamed = isImage(path);
  const file = (wanted: string) => (isNamed ? path : `${path}${wanted}`);
  const wants = (wanted: string) =>
    isNamed ? extname(path).toLowerCase() === wanted : format === 'both' || `.${format}` === wanted;
  if (wants('.svg')) writeAtomically(file('.svg'), svg);
  if (wants('.png')) writeAtomically(file('.png'), await renderPng(svg, scale));
}
