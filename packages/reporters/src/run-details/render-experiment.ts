import type { ExperimentAnalysis, RunScope } from '@wellfit/core';
import pc from 'picocolors';
import type { ExperimentRecord } from '../experiment-record.js';
import { formatCount, formatDuration } from '../number-format.js';
import { backendText, numericsText } from '../numerics.js';
import { resultsTable } from '../results-table.js';
import { formatTime } from '../run-list/format-time.js';
import { printable, wrap } from '../terminal-text.js';
import { textTable, type TextColumn, type TextLook } from '../text-table.js';
import { type Fact, factLines } from './fact-lines.js';
import type { ShownRun } from './shown-run.js';
import { specEntries } from './spec-lines.js';

/** What of an experiment's folder is not in its record. */
export interface ExperimentDetails {
  /** The folder, as it is to be shown. */
  readonly folder: string;
  /** Whether it runs or can be resumed, a clause. */
  readonly state: string;
  /** Of an experiment that has not ended: what its runs show so far. */
  readonly analysis?: ExperimentAnalysis;
  /** The runs that are told of. */
  readonly runs: readonly ShownRun[];
  /** Runs of the experiment that have not begun. */
  readonly missing: readonly RunScope[];
  /** Where in the folder the trained model of a run is, where there is one. */
  readonly modelOf: (run: RunScope) => string | undefined;
}

/** What the terminal allows; a pipe has infinite width. */
export interface DetailLook {
  readonly width: number;
  readonly color: boolean;
}

/**
 * All that a run folder says of an experiment, as text: what was run and by what, the data with its hashes, the results
 * with verdicts and comparisons, as they were shown at its end, and each run with its final digest.
 *
 * @returns Lines, each ended by a newline.
 */
export function renderExperiment(
  record: ExperimentRecord,
  details: ExperimentDetails,
  { width, color }: DetailLook,
): string {
  const colors = pc.createColors(color);
  const look = { width, colors };
  const { start, warnings, end } = record;
  const analysis = end?.analysis ?? details.analysis;
  const sections = [
    [
      ...wrap(printable(start?.name ?? ''), width).map(colors.bold),
      ...factLines([...stateFacts(record, details), ...dataFacts(record)], look),
    ],
    factLines(specEntries(start?.spec ?? {}), look),
    warnings.flatMap(({ from, message }) => factLines([[`warning from ${from}`, message]], look)),
    analysis && analysis.arms.length > 0 ? [resultsTable(analysis, colors, width).trimEnd()] : [],
    runTable(details, look),
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n').trimEnd());
  return `${text.join('\n\n')}\n`;
}

function stateFacts(
  { start, end, spentMs = end?.durationMs }: ExperimentRecord,
  { folder, state }: ExperimentDetails,
): Fact[] {
  if (start === undefined) return [];
  const { description, startedAt, backendReason, numerics = 'exact', versions, arms, seeds } = start;
  const took = spentMs === undefined ? '' : `, took ${formatDuration(spentMs)}${end ? '' : ' so far'}`;
  const why = backendReason === undefined ? '' : ` (${backendReason})`;
  return [
    ...(description === undefined ? [] : [['about', description] as const]),
    ['folder', folder],
    ['state', state],
    ['size', `${arms.length} arms × ${seeds.length} seeds: ${seeds.join(', ')}`],
    ['started', `${formatTime(startedAt)} UTC${took}`],
    ['backend', `${backendText(start)}${why}`],
    ['numerics', numericsText[numerics]],
    [
      'versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
  ];
}

function dataFacts({ datasets }: ExperimentRecord): Fact[] {
  return datasets.flatMap(({ dataset, sizes, provenance }): Fact[] => {
    const rows = Object.entries(sizes).map(([split, count]) => `${formatCount(count)} ${split}`);
    const hashes = Object.entries(provenance.sha256).map(([file, sum]) => `SHA-256 of ${file} ${sum}`);
    return [[`data ${dataset}`, [`${rows.join(', ')} rows`, provenance.source, ...hashes].join('; ')]];
  });
}

function runTable({ runs, missing, modelOf }: ExperimentDetails, look: TextLook): string[] {
  if (runs.length + missing.length === 0) return [];
  const rows: (RunScope & Partial<ShownRun>)[] = [...runs, ...missing];
  const column = (title: string, cell: (run: (typeof rows)[number]) => string): TextColumn => ({
    title,
    cells: rows.map(cell),
  });
  const ended = ({ durationMs }: Partial<ShownRun>): string =>
    durationMs === undefined ? '' : formatDuration(durationMs);
  const { colors } = look;
  const isBad = ({ status }: Partial<ShownRun>): boolean => status === 'failed' || status === 'diverged';
  return textTable(
    [
      column('arm', ({ arm }) => arm),
      { ...column('seed', ({ seed }) => `${seed}`), right: true },
      {
        ...column('status', ({ status }) => status ?? 'not begun'),
        paint: (text, row) => (isBad(rows[row]) ? colors.red(text) : text),
      },
      {
        ...column('epochs', ({ epochs, epochLimit }) =>
          epochs === undefined ? '' : `${epochs.length}/${epochLimit}`,
        ),
        right: true,
      },
      { ...column('took', ended), right: true, spare: 2 },
      { ...column('digest', ({ digest = '' }) => digest.slice(0, 16)), spare: 1 },
      { ...column('model', (run) => modelOf(run) ?? ''), spare: 3 },
      { ...column('end', ({ reason = '' }) => reason), spare: 4 },
    ],
    look,
  );
}
