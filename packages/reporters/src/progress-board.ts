import type { ExperimentEvent, LoadProgress, Logs, RunStatus } from '@wellfit/core';
import { backendText } from './numerics.js';

/** What is known of one run while the experiment goes on. */
export interface ProgressRow {
  readonly arm: string;
  readonly seed: number;
  readonly state: 'waiting' | 'running' | RunStatus;
  /** Epoch limit; 0 while waiting. */
  readonly epochs: number;
  /** Finished epochs, with the part of the current one that is done. */
  readonly done: number;
  /** Time of the finished epochs, in milliseconds. */
  readonly spentMs: number;
  /** The newest number for each key, of a step or an epoch. */
  readonly logs: Logs;
  /** Validation loss of each finished epoch. */
  readonly valLosses: readonly number[];
}

/** Everything that the live display shows. */
export interface ProgressBoard {
  readonly title: string;
  readonly rows: readonly ProgressRow[];
  /** Files on their way, until their dataset is ready. */
  readonly loading: readonly LoadProgress[];
}

/** The display before anything happened. */
export const emptyBoard: ProgressBoard = { title: '', rows: [], loading: [] };

/** The display after one more event. */
export function updateBoard(board: ProgressBoard, event: ExperimentEvent): ProgressBoard {
  switch (event.type) {
    case 'experiment:start': {
      const { name, arms, seeds } = event;
      const rows = seeds.flatMap((seed) => arms.map((arm) => waiting(arm, seed)));
      return { ...board, title: `${name} on ${backendText(event)}`, rows };
    }
    case 'dataset:progress': {
      const { stage, file, done, total } = event;
      const others = board.loading.filter((other) => other.file !== file);
      return { ...board, loading: [...others, { stage, file, done, total }] };
    }
    case 'dataset:ready':
      return { ...board, loading: [] };
    case 'run:start':
      return changeRow(board, event.arm, event.seed, (row) => ({
        ...waiting(row.arm, row.seed),
        state: 'running',
        epochs: event.epochs,
      }));
    case 'step:end':
      return changeRow(board, event.arm, event.seed, (row) => ({
        ...row,
        done: event.epoch - 1 + event.step / event.steps,
        logs: { ...row.logs, ...event.logs },
      }));
    case 'epoch:end':
      return changeRow(board, event.arm, event.seed, (row) => ({
        ...row,
        done: event.epoch,
        spentMs: row.spentMs + event.durationMs,
        logs: event.logs,
        valLosses: 'val_loss' in event.logs ? [...row.valLosses, event.logs.val_loss] : row.valLosses,
      }));
    case 'run:end':
      return changeRow(board, event.arm, event.seed, (row) => ({ ...row, state: event.status }));
    case 'epoch:start':
    case 'training:end':
    case 'distributions':
    case 'warning':
    case 'experiment:end':
      return board;
  }
}

/**
 * Expected time until the run ends, in milliseconds, from the pace of its own epochs or else of its arm's and then of
 * all runs; undefined before there is any pace.
 */
export function remainingMs(row: ProgressRow, rows: readonly ProgressRow[]): number | undefined {
  if (row.state !== 'running' && row.state !== 'waiting') return 0;
  const pace = paceOf([row]) ?? paceOf(rows.filter(({ arm }) => arm === row.arm)) ?? paceOf(rows);
  const epochs = row.epochs > 0 ? row.epochs : Math.max(0, ...rows.map((other) => other.epochs));
  return pace === undefined ? undefined : pace * Math.max(0, epochs - row.done);
}

function paceOf(rows: readonly ProgressRow[]): number | undefined {
  const epochs = rows.reduce((sum, { done }) => sum + Math.floor(done), 0);
  return epochs === 0 ? undefined : rows.reduce((sum, { spentMs }) => sum + spentMs, 0) / epochs;
}

function waiting(arm: string, seed: number): ProgressRow {
  return { arm, seed, state: 'waiting', epochs: 0, done: 0, spentMs: 0, logs: {}, valLosses: [] };
}

/** A row that nobody announced, as when a single run is trained, is added at the end. */
function changeRow(
  board: ProgressBoard,
  arm: string,
  seed: number,
  change: (row: ProgressRow) => ProgressRow,
): ProgressBoard {
  const isIt = (row: ProgressRow) => row.arm === arm && row.seed === seed;
  if (!board.rows.some(isIt)) return { ...board, rows: [...board.rows, change(waiting(arm, seed))] };
  return { ...board, rows: board.rows.map((row) => (isIt(row) ? change(row) : row)) };
}
