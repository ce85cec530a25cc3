import type { TopLevelSpec } from 'vega-lite';
import { ReporterError } from '../errors.js';
import type { RunRecord } from '../experiment-record.js';
import { distributionSpec } from './distribution-spec.js';
import { type FigureOptions, figureSpec } from './figure-spec.js';
import { multiplesSpec } from './multiples-spec.js';
import { trainingSizeSpec } from './training-size-spec.js';

/** The kinds of figures, by their names in experiment files. */
export const figureKinds = ['curves', 'multiples', 'distributions', 'training-size'] as const;

/** A kind of figure. */
export type FigureKind = (typeof figureKinds)[number];

/** A figure and the name of its file, without an ending. */
export interface NamedFigure {
  readonly name: 'curves' | 'multiples' | 'weights' | 'activations' | 'training-size';
  readonly spec: TopLevelSpec;
}

/**
 * The figures of some kinds; by default the curves, and of distributions and training sizes what the runs have. None
 * where no epoch was finished.
 *
 * @throws ReporterError `nothing-to-draw` where the runs lack what a kind that was asked for needs; `unknown-metric`.
 */
export function chooseFigures(
  runs: readonly RunRecord[],
  kinds: readonly FigureKind[] | undefined,
  options: FigureOptions,
): NamedFigure[] {
  if (!runs.some(({ epochs }) => epochs.length > 0)) return [];
  return [...new Set(kinds ?? automatic)].flatMap((kind) => {
    const figures = draw(kind, runs, options);
    if (figures.length === 0 && kinds !== undefined) throw nothing(kind);
    return figures;
  });
}

const automatic: readonly FigureKind[] = ['curves', 'distributions', 'training-size'];

function draw(kind: FigureKind, runs: readonly RunRecord[], options: FigureOptions): NamedFigure[] {
  const named = (name: NamedFigure['name'], spec: TopLevelSpec | undefined): NamedFigure[] =>
    spec === undefined ? [] : [{ name, spec }];
  switch (kind) {
    case 'curves':
      return named('curves', figureSpec(runs, options));
    case 'multiples':
      return named('multiples', multiplesSpec(runs, options));
    case 'distributions':
      return (['weights', 'activations'] as const).flatMap((of) =>
        named(of, distributionSpec(runs, of, options)),
      );
    case 'training-size':
      return named('training-size', trainingSizeSpec(runs, options));
  }
}

const needs: Readonly<Record<FigureKind, string>> = {
  curves: 'no run has logged a loss or an accuracy',
  multiples: 'no run has logged a loss',
  distributions: 'no run has recorded distributions; set training.distributions to true',
  'training-size':
    'all arms of a dataset were trained on the same number of rows; give arms datasets of different sizes',
};

function nothing(kind: FigureKind): ReporterError {
  return new ReporterError('nothing-to-draw', `There is nothing for the figure ${kind}: ${needs[kind]}.`);
}
