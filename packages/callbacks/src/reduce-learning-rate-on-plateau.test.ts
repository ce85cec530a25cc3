import { readFileSync } from 'node:fs';
import { describeCallback, playEvents, SCRIPTED_LEARNING_RATE, scriptedRun } from '@wellfit/testing';
import { callbacks, reduceLearningRateOnPlateau, type ReduceLearningRateOnPlateauOptions } from './index.js';

const losses = (...values: number[]) => values.map((val_loss) => ({ val_loss }));

describeCallback(callbacks, 'reduce-learning-rate-on-plateau', {
  options: [
    { patience: 1, factor: 0.5 },
    { patience: 2, factor: 0.5, cooldown: 2 },
    { patience: 1, factor: 0.5, minLearningRate: 0.0004 },
  ],
  epochs: losses(0.9, 0.7, 0.8, 0.85, 0.5, 0.55, 0.6, 0.52, 0.6, 0.7),
  badOptions: [
    { factor: 1 },
    { factor: 0 },
    { patience: -1 },
    { minLearningRate: -1 },
    { monitor: 'val_magic' },
    { patiense: 1 },
  ],
});

/** The learning rate after each epoch, as a multiple of the first. */
function ratesOf(
  options: ReduceLearningRateOnPlateauOptions,
  epochs: readonly Record<string, number>[],
): number[] {
  const commands = playEvents(reduceLearningRateOnPlateau(options), scriptedRun(epochs));
  let rate = 1;
  return epochs.map((_, i) => {
    const sent = commands.find(({ at }) => at === 3 * (i + 1));
    if (sent?.command.type === 'set-learning-rate') rate = sent.command.value / SCRIPTED_LEARNING_RATE;
    return rate;
  });
}

/** 300 random runs that Keras 3.15's own callback was taken through, by `tools/reference/keras-plateau.py`. */
const cases = readFileSync(new URL('./reduce-learning-rate-on-plateau.keras.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(
    (line) =>
      JSON.parse(line) as {
        eighths: number[];
        options: NonNullable<ReduceLearningRateOnPlateauOptions>;
        keras: number[];
      },
  );

test('the runs of Keras cover what they should', () => {
  expect(cases).toHaveLength(300);
  expect(cases.filter(({ keras }) => new Set(keras).size > 2).length).toBeGreaterThan(50);
  const lowest = cases.filter(({ keras, options }) => keras.at(-1) === options.minLearningRate);
  expect(lowest.length).toBeGreaterThan(20);
});

test.each(cases)('as Keras: $options on $eighths', ({ eighths, options, keras }) => {
  const epochs = eighths.map((value) => ({ m: value / 8 }));
  const minLearningRate = (options.minLearningRate ?? 0) * SCRIPTED_LEARNING_RATE;
  const rates = ratesOf({ ...options, monitor: 'm', minLearningRate }, epochs);
  rates.forEach((rate, i) => expect(rate).toBeCloseTo(keras[i], 10));
});

test('what is not logged is an error, as is a state of something else', () => {
  const run = () =>
    playEvents(reduceLearningRateOnPlateau({ monitor: 'val_accuracy' }), scriptedRun(losses(1)));
  expect(run).toThrow(/"val_accuracy" is not logged.*val_loss/);
  expect(() => reduceLearningRateOnPlateau().resume!({ best: 'low' })).toThrow(/not a state that reduce/);
});
