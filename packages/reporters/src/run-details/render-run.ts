import type { EpochRecord, Logs } from '@wellfit/core';
import pc from 'picocolors';
import { knownLogs } from '../known-logs.js';
import { formatCount, formatDuration, formatMetric } from '../number-format.js';
import { printable, printableLine, wrap } from '../terminal-text.js';
import { textTable, type TextColumn, type TextLook } from '../text-table.js';
import { type Fact, factLines } from './fact-lines.js';
import type { DetailLook } from './render-experiment.js';
import type { ShownRun } from './shown-run.js';

/** What of a run's folder is not in its record. */
export interface RunDetails {
  /** Name of the experiment. */
  readonly experiment: string;
  /** The folder, as it is to be shown. */
  readonly folder: string;
  readonly verdict: string;
  readonly evidence: string;
  /** Where the trained model is, where there is one. */
  readonly model?: string;
  /** Where the checkpoint is from which the run can go on, where there is one. */
  readonly checkpoint?: string;
}

/**
 * All that a run folder says of one run, as text: how it ended, its verdict, its model, and each epoch.
 *
 * @returns Lines, each ended by a newline.
 */
export function renderRun(run: ShownRun, details: RunDetails, { width, color }: DetailLook): string {
  const colors = pc.createColors(color);
  const look = { width, colors };
  const title = `${printable(details.experiment)}, arm ${printable(run.arm)}, seed ${run.seed}`;
  const summary = run.summary.split('\n').map(printableLine);
  const sections = [
    [...wrap(title, width).map(colors.bold), ...factLines(runFacts(run, details), look)],
    // A table that is broken into pieces says nothing.
    summary.every((line) => line.length <= width) ? summary : [],
    epochTable(run.epochs, look),
  ];
  const text = sections.map((lines) => lines.join('\n').trimEnd()).filter((section) => section !== '');
  return `${text.join('\n\n')}\n`;
}

function runFacts(run: ShownRun, details: RunDetails): Fact[] {
  const { status, reason, epochs, epochLimit, durationMs, restoredEpoch, final, digest } = run;
  const optional = (label: string, text: string | undefined): Fact[] =>
    text === undefined ? [] : [[label, text]];
  return [
    ['folder', details.folder],
    ['status', `${status}: ${reason}`],
    ['epochs', `${epochs.length} of at most ${formatCount(epochLimit)}`],
    ...optional('weights', restoredEpoch === undefined ? undefined : `those of epoch ${restoredEpoch}`),
    ['verdict', `${details.verdict}. ${details.evidence}`],
    ...optional('final', final && logsText(final)),
    ...optional('took', durationMs === undefined ? undefined : formatDuration(durationMs)),
    ['data', `${run.dataset || 'not recorded'}, ${formatCount(run.trainRows)} training rows`],
    ['parameters', formatCount(run.parameters)],
    ...optional('digest', digest),
    ...optional('model', details.model),
    ...optional('checkpoint', details.checkpoint),
  ];
}

function logsText(logs: Logs): string {
  return Object.entries(logs)
    .map(([key, value]) => `${key} ${formatMetric(value)}`)
    .join(', ');
}

function epochTable(epochs: readonly EpochRecord[], look: TextLook): string[] {
  if (epochs.length === 0) return [];
  const logged = new Set(epochs.flatMap(({ logs }) => Object.keys(logs)));
  const keys = [...knownLogs.filter((key) => logged.delete(key)), ...logged];
  const column = (title: string, cell: (epoch: EpochRecord) => string): TextColumn => ({
    title,
    cells: epochs.map(cell),
    right: true,
  });
  const metric = (value: number | undefined): string => (value === undefined ? '' : formatMetric(value));
  // What tells whether the run fits stays longest.
  const kept = keys.includes('val_loss') ? 'val_loss' : keys[0];
  return textTable(
    [
      column('epoch', ({ epoch }) => `${epoch}`),
      ...keys.map((key, i) => ({
        ...column(key, ({ logs }) => metric(logs[key])),
        ...(key !== kept && { spare: i + 1 }),
      })),
      { ...column('rate', ({ learningRate }) => `${learningRate}`), spare: keys.length + 1 },
      { ...column('took', ({ durationMs }) => formatDuration(durationMs)), spare: keys.length + 2 },
      {
        ...column('digest', ({ digest }) => digest.slice(0, 16)),
        right: false,
        spare: keys.length + 3,
      },
    ],
    look,
  );
}
