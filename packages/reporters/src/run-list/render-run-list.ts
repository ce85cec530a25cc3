import pc from 'picocolors';
import { formatDuration } from '../number-format.js';
import type { Colors } from '../terminal-text.js';
import { textTable, type TextColumn } from '../text-table.js';
import { formatTime } from './format-time.js';
import type { RunOverview } from './run-overview.js';

/** Whether an experiment runs, can be resumed, is complete, or has runs that failed. */
export type RunState = 'running' | 'interrupted' | 'completed' | 'failed';

/** A run folder of a list. */
export interface ListedRun extends RunOverview {
  /** The folder's name. */
  readonly folder: string;
  readonly state: RunState;
  /** Which process runs it, for instance `process 4711`. */
  readonly owner?: string;
}

/** What the terminal allows. */
export interface ListLook {
  /** Columns of the terminal; infinite for a pipe. */
  readonly width: number;
  readonly color: boolean;
}

/**
 * Run folders as a table: a line for each, or on a narrow terminal a short list.
 *
 * @returns Lines, each ended by a newline.
 */
export function renderRunList(runs: readonly ListedRun[], { width, color }: ListLook): string {
  const colors = pc.createColors(color);
  const isNamedAfter = runs.every(({ folder, experiment }) => folder.startsWith(`${experiment}-`));
  const column = (title: string, cell: (run: ListedRun) => string): TextColumn => ({
    title,
    cells: runs.map(cell),
  });
  const columns: TextColumn[] = [
    column('run folder', ({ folder }) => folder),
    ...(isNamedAfter ? [] : [{ ...column('experiment', ({ experiment }) => experiment), spare: 5 }]),
    { ...column('state', stateText), paint: (text, row) => paint(runs[row].state, colors)(text) },
    { ...column('runs', ({ done, arms, seeds }) => `${done}/${arms * seeds}`), right: true },
    { ...column('arms × seeds', ({ arms, seeds }) => `${arms} × ${seeds}`), right: true, spare: 4 },
    { ...column('best arm', ({ best }) => best ?? ''), spare: 2 },
    { ...column('started (UTC)', ({ startedAt }) => formatTime(startedAt)), spare: 1 },
    {
      ...column('took', ({ durationMs }) => (durationMs === undefined ? '' : formatDuration(durationMs))),
      right: true,
      spare: 3,
    },
  ];
  return `${textTable(columns, { width, colors }).join('\n').trimEnd()}\n`;
}

function stateText({ state, owner, failed }: ListedRun): string {
  if (state === 'running') return owner === undefined ? state : `${state} (${owner})`;
  return state === 'failed' ? `${failed} failed` : state;
}

function paint(state: RunState, colors: Colors): (text: string) => string {
  const paints = {
    running: colors.cyan,
    interrupted: colors.yellow,
    completed: colors.green,
    failed: colors.red,
  };
  return paints[state];
}
