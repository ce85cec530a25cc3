import type { Callback, EpochRecord, Logs, RunCommand, RunEvent, RunStatus, RunView } from '@wellfit/core';
import { Subject } from 'rxjs';

const SCOPE = { arm: 'scripted', seed: 1 };

/**
 * The events of a run whose epochs logged the given numbers, with one step per epoch.
 *
 * @param status How training ended. Default: `completed`.
 */
export function scriptedRun(epochs: readonly Logs[], status: RunStatus = 'completed'): RunEvent[] {
  const digest = '0'.repeat(64);
  return [
    {
      ...SCOPE,
      type: 'run:start',
      dataset: 'scripted',
      trainRows: 1,
      epochs: epochs.length,
      stepsPerEpoch: 1,
      parameters: 1,
      summary: 'scripted',
    },
    ...epochs.flatMap((logs, i): RunEvent[] => {
      const epoch = i + 1;
      return [
        { ...SCOPE, type: 'epoch:start', epoch },
        { ...SCOPE, type: 'step:end', epoch, step: 1, steps: 1, logs },
        { ...SCOPE, type: 'epoch:end', epoch, logs, learningRate: 0.001, durationMs: 1, digest },
      ];
    }),
    { ...SCOPE, type: 'training:end', status, reason: 'end of script' },
    {
      ...SCOPE,
      type: 'run:end',
      status,
      reason: 'end of script',
      epochs: epochs.length,
      digest,
      durationMs: epochs.length,
    },
  ];
}

/** The finished epochs that events tell of. */
export function epochRecords(events: readonly RunEvent[]): EpochRecord[] {
  return events.flatMap((event) => {
    if (event.type !== 'epoch:end') return [];
    const { epoch, logs, learningRate, durationMs, digest } = event;
    return [{ epoch, logs, learningRate, durationMs, digest }];
  });
}

/** A command and the place in the event list at which it was sent. */
export interface AnsweredCommand {
  readonly at: number;
  readonly command: RunCommand;
}

/** The learning rate that a scripted run is configured with. */
export const SCRIPTED_LEARNING_RATE = 0.001;

/** What a resumed run has behind it. */
export interface PlayedBefore {
  readonly epochs: readonly EpochRecord[];
  /** Of the whole run. */
  readonly epochLimit?: number;
  /** The one set last, where one was. */
  readonly learningRate?: number;
}

/**
 * Plays events to a callback, as the training loop does but without training: commands are recorded, and of them only
 * the learning rate is carried out.
 *
 * @param events All of a run's events, or those after an interruption.
 * @param past What came before these events.
 * @returns The commands in the order in which they were sent.
 * @throws What the callback's stream errors with.
 */
export function playEvents(
  callback: Callback,
  events: readonly RunEvent[],
  past: PlayedBefore = { epochs: [] },
): AnsweredCommand[] {
  const commands: AnsweredCommand[] = [];
  const history = [...past.epochs];
  const start = events.find((event) => event.type === 'run:start');
  const limit = past.epochLimit ?? start?.epochs ?? events.filter(({ type }) => type === 'epoch:end').length;
  let learningRate = SCRIPTED_LEARNING_RATE;
  const view: RunView = {
    ...SCOPE,
    epochs: limit,
    history,
    get learningRate() {
      return learningRate;
    },
  };
  const events$ = new Subject<RunEvent>();
  const failures: unknown[] = [];
  let at = 0;
  callback.connect(events$.asObservable(), view).subscribe({
    next(command) {
      commands.push({ at, command });
      if (command.type === 'set-learning-rate') learningRate = command.value;
    },
    error: (error) => failures.push(error),
  });
  // As in training: callbacks are connected to a fresh run, which then becomes what it was.
  learningRate = past.learningRate ?? learningRate;
  for (const event of events) {
    history.push(...epochRecords([event]));
    events$.next(event);
    if (failures.length > 0) throw failures[0];
    at += 1;
  }
  events$.complete();
  return commands;
}
