/**
 * Replays 300 random runs that Keras 3.15's own EarlyStopping was taken through, by
 * `tools/reference/keras-early-stopping.py`.
 *
 * Values are given in eighths, which float32 holds exactly (Keras compares in float32), and on a coarse grid, so that
 * ties are common. `keras` holds: epochs run, whether it stopped, the best epoch, and the epoch whose weights were
 * restored (0: none), all counted from 1.
 */
import { readFileSync } from 'node:fs';
import { playEvents, scriptedRun, type AnsweredCommand } from '@wellfit/testing';
import { earlyStopping, type EarlyStoppingOptions } from './index.js';

interface KerasCase {
  readonly eighths: readonly number[];
  readonly options: EarlyStoppingOptions;
  readonly keras: readonly [epochs: number, stopped: 0 | 1, best: number, restored: number];
}

const cases = readFileSync(new URL('./early-stopping.keras.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as KerasCase);

const EVENTS_PER_EPOCH = 3;
/** The epoch that ended at this place in a scripted run, after `run:start`. */
const epochAt = (at: number): number => at / EVENTS_PER_EPOCH;

function replay({ eighths, options }: KerasCase): KerasCase['keras'] {
  const epochs = eighths.map((value) => ({ m: value / 8 }));
  const stop = play(options, epochs).find(({ command }) => command.type === 'stop');
  const ran = stop ? epochAt(stop.at) : epochs.length;
  const commands = play(options, epochs.slice(0, ran));
  const kept = commands.filter(({ command }) => command.type === 'keep-weights').at(-1);
  const restored = commands.some(({ command }) => command.type === 'restore-weights');
  return [
    ran,
    stop ? 1 : 0,
    bestEpoch(options, epochs.slice(0, ran)),
    restored && kept ? epochAt(kept.at) : 0,
  ];
}

function play(options: EarlyStoppingOptions, epochs: readonly { m: number }[]): AnsweredCommand[] {
  return playEvents(earlyStopping({ ...options, monitor: 'm' }), scriptedRun(epochs));
}

function bestEpoch(options: EarlyStoppingOptions, epochs: readonly { m: number }[]): number {
  const callback = earlyStopping({ ...options, monitor: 'm' });
  playEvents(callback, scriptedRun(epochs));
  return (callback.state!() as { bestEpoch: number | null }).bestEpoch ?? 0;
}

test('the fixture covers what it should', () => {
  const count = (test: (value: KerasCase) => boolean) => cases.filter(test).length;
  expect(cases).toHaveLength(300);
  expect(count(({ keras }) => keras[1] === 1)).toBeGreaterThan(100);
  expect(count(({ keras }) => keras[3] > 0 && keras[3] < keras[0])).toBeGreaterThan(50);
  expect(count(({ keras }) => keras[2] === 0)).toBeGreaterThan(5);
});

test.each(cases)('$options on $eighths', (kerasCase) => {
  expect(replay(kerasCase)).toEqual(kerasCase.keras);
});
