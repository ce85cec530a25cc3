import type { Distribution } from '@wellfit/core';
import type { RecordedDistributions, RunRecord } from '../experiment-record.js';
import { commonRange, type Range } from './rebin.js';

/** What a figure of distributions shows. */
export type DistributionKind = 'weights' | 'activations';

/** One arm and layer: how the values were spread at both moments, and where to draw them. */
export interface DistributionCell {
  readonly before?: Distribution;
  readonly after?: Distribution;
  readonly range: Range;
}

/** The distributions of an experiment as a table. */
export interface DistributionTable {
  readonly kind: DistributionKind;
  /** Of which runs: the first seed of the experiment that has any. */
  readonly seed: number;
  /** Names of weights, or of layers whose output was measured. */
  readonly layers: readonly string[];
  /** One row per arm that has any; a cell is undefined where the arm has no such layer. */
  readonly rows: readonly {
    readonly arm: string;
    readonly cells: readonly (DistributionCell | undefined)[];
  }[];
  /** Whether the cells of a layer share their range: not where the arms differ by magnitudes. */
  readonly sharedRanges: boolean;
}

/** Ranges that differ by more than this factor would leave the narrow ones a mere line. */
const mostApart = 8;

/** What is no kernel: a handful of values, mostly 0 or 1 at first. */
const minor = /(^|\/)(bias|gamma|beta)$/;

/**
 * Arranges recorded distributions, an arm per row and a layer per column. Of the weights, biases and the scales of
 * normalizations are left out where there are kernels. Returns undefined where nothing was recorded.
 */
export function distributionTable(
  runs: readonly RunRecord[],
  kind: DistributionKind,
): DistributionTable | undefined {
  const recorded = runs.filter(({ distributions }) => distributions.some((taken) => taken[kind].length > 0));
  if (recorded.length === 0) return undefined;
  const { seed } = recorded[0];
  const ofSeed = recorded.filter((run) => run.seed === seed);
  const names = new Set(ofSeed.flatMap((run) => namesOf(run.distributions, kind)));
  const main = [...names].filter((name) => kind === 'activations' || !minor.test(name));
  const layers = main.length > 0 ? main : [...names];
  const cells = ofSeed.map((run) => layers.map((layer) => cellOf(run.distributions, kind, layer)));
  const columns = layers.map((_, i) => cells.flatMap((row) => row[i] ?? []));
  const sharedRanges = columns.every(isAlike);
  const shared = columns.map((column) => commonRange(column.flatMap(both)));
  const rows = ofSeed.map(({ arm }, r) => ({
    arm,
    cells: cells[r].map((cell, c) => (cell && sharedRanges ? { ...cell, range: shared[c] } : cell)),
  }));
  return { kind, seed, layers, rows, sharedRanges };
}

function namesOf(recorded: readonly RecordedDistributions[], kind: DistributionKind): string[] {
  return recorded.flatMap((taken) => taken[kind].map(({ name }) => name));
}

function cellOf(
  recorded: readonly RecordedDistributions[],
  kind: DistributionKind,
  layer: string,
): DistributionCell | undefined {
  const at = (taken: RecordedDistributions | undefined) => taken?.[kind].find(({ name }) => name === layer);
  const before = at(recorded.find(({ epoch }) => epoch === 0));
  const after = at(recorded.findLast(({ epoch }) => epoch > 0));
  if (before === undefined && after === undefined) return undefined;
  const held = { ...(before && { before }), ...(after && { after }) };
  return { ...held, range: commonRange(both(held)) };
}

function both({ before, after }: Omit<DistributionCell, 'range'>): Distribution[] {
  return [...(before ? [before] : []), ...(after ? [after] : [])];
}

function isAlike(column: readonly DistributionCell[]): boolean {
  const widths = column.map((cell) => Math.max(...both(cell).map(({ min, max }) => max - min)));
  return Math.max(...widths) <= mostApart * Math.min(...widths);
}

/** Standard deviations before and after training, for instance `sd 0.0501 → 0.0523`. */
export function spreadText({ before, after }: Omit<DistributionCell, 'range'>): string {
  const first = before && spread(before);
  const second = after && spread(after);
  if (first === undefined || second === undefined) return first ?? second ?? '';
  if (first === second && first.startsWith('all')) return `${first}, before and after`;
  return `${first} → ${second.replace(first.startsWith('sd') ? /^sd / : /^$/, '')}`;
}

/** For instance `sd 0.0501`, or `all 0` where the values do not differ. */
function spread({ min, max, sd }: Distribution): string {
  return min === max ? `all ${brief(min)}` : `sd ${brief(sd)}`;
}

function brief(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return '0';
  return size >= 0.001 && size < 1e5 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** Names of the columns: what all names end with alike says nothing. */
export function columnNames({ layers }: DistributionTable): string[] {
  const kernels = layers.every((layer) => layer.endsWith('/kernel'));
  return layers.map((layer) => (kernels ? layer.slice(0, -'/kernel'.length) : layer));
}
