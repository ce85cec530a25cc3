import type { Callback, Json, Logs, RunEvent } from '@wellfit/core';
import { Subject } from 'rxjs';
import { describePlugin, factoryNamed, type PluginContract, type PluginRecord } from './describe-plugin.js';
import { epochRecords, playEvents, scriptedRun, type AnsweredCommand } from './scripted-run.js';

/** What {@link describeCallback} needs to know. */
export interface CallbackContract extends PluginContract {
  /** Options to check besides none at all. */
  readonly options?: readonly unknown[];
  /** Epochs to play, at least 3; the callback should send commands in the course of them. */
  readonly epochs: readonly Logs[];
}

/**
 * Contract suite of a callback: everything of {@link describePlugin}; it subscribes to nothing before its commands
 * are; it starts afresh in a second run; and with its state carried through JSON into a new instance, at any epoch, it
 * sends the very commands of an uninterrupted run.
 *
 * @param record The factories that the package exports.
 * @param name The callback's key in it.
 */
export function describeCallback(
  record: PluginRecord<Callback>,
  name: string,
  { badOptions, options = [], epochs }: CallbackContract,
): void {
  describePlugin(record, name, { badOptions });
  const create = factoryNamed(record, name);

  test('subscribes to nothing by itself', () => {
    const events$ = new Subject<RunEvent>();
    const view = { arm: 'a', seed: 1, epochs: 1, learningRate: 0.1, history: [] };
    create().connect(events$, view);
    expect(events$.observed).toBe(false);
  });

  describe.each([undefined, ...options])('with options %j', (given) => {
    const events = scriptedRun(epochs);

    test('starts afresh in a second run', () => {
      const callback = create(given);
      expect(playEvents(callback, events)).toEqual(playEvents(callback, events));
    });

    test('continues after any epoch as if never interrupted', () => {
      const whole = playEvents(create(given), events);
      for (const cut of endsOfEpochs(events)) {
        expect(playInterrupted(() => create(given), events, cut)).toEqual(whole);
      }
    });
  });
}

/** Positions just after each `epoch:end`. */
function endsOfEpochs(events: readonly RunEvent[]): number[] {
  return events.flatMap(({ type }, i) => (type === 'epoch:end' ? [i + 1] : []));
}

function playInterrupted(
  create: () => Callback,
  events: readonly RunEvent[],
  cut: number,
): AnsweredCommand[] {
  const first = create();
  const before = playEvents(first, events.slice(0, cut));
  const state = first.state?.() ?? null;
  const carried = JSON.parse(JSON.stringify(state)) as Json;
  expect(carried).toEqual(state);

  const second = create();
  second.resume?.(carried);
  const rates = before.flatMap(({ command }) =>
    command.type === 'set-learning-rate' ? [command.value] : [],
  );
  const epochs = epochRecords(events.slice(0, cut));
  const past = { epochs, epochLimit: epochRecords(events).length, learningRate: rates.at(-1) };
  const after = playEvents(second, events.slice(cut), past);
  return [...before, ...after.map(({ at, command }) => ({ at: at + cut, command }))];
}
