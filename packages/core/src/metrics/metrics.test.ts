import { readFileSync } from 'node:fs';
import { tensor } from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import type { Task } from '../contracts/dataset.js';
import { binaryAccuracy, categoricalAccuracy, defaultMetrics, metrics, type Metric } from './index.js';

useBackend();

/** What Keras' accuracies give; `tools/reference/keras-losses.py` computed it. */
interface Fixture {
  readonly accuracies: readonly {
    readonly task: Task;
    readonly logits: number[][];
    readonly targets: number[] | number[][];
    readonly accuracy: number;
  }[];
}
const file = new URL('../losses/keras-losses.fixture.json', import.meta.url);
const cases = (JSON.parse(readFileSync(file, 'utf8')) as Fixture).accuracies;

/** The metric of plain arrays, checked for leaks. */
async function of(metric: Metric, logits: number[][], targets: number[] | number[][]): Promise<number> {
  let value = NaN;
  await expectNoLeak(() => {
    const [z, y] = [tensor(logits), tensor(targets)];
    try {
      value = metric.compute(z, y);
    } finally {
      z.dispose();
      y.dispose();
    }
  });
  return value;
}

test.each(cases)('the accuracy for $task is that of Keras', async ({ task, logits, targets, accuracy }) => {
  const [metric] = defaultMetrics(task);
  expect(metric.name).toBe('accuracy');
  expect(await of(metric, logits, targets)).toBeCloseTo(accuracy, 6);
});

test('a logit of 0, a probability of 0.5, is a no', async () => {
  expect(await of(binaryAccuracy, [[0], [1e-6], [-1e-6]], [0, 1, 0])).toBe(1);
  expect(await of(binaryAccuracy, [[0]], [[1]])).toBe(0);
});

test('several yes/no outputs count one by one', async () => {
  expect(await of(binaryAccuracy, [[1, -1, 3, -2]], [[1, 0, 0, 0]])).toBe(0.75);
});

test('of equal logits the first class counts', async () => {
  expect(await of(categoricalAccuracy, [[2, 2, 1]], [0])).toBe(1);
  expect(await of(categoricalAccuracy, [[2, 2, 1]], [[0, 1, 0]])).toBe(0);
});

test('class numbers may stand in a column', async () => {
  const logits = [
    [0, 5, 1],
    [4, 0, 1],
    [0, 1, 2],
  ];
  expect(await of(categoricalAccuracy, logits, [[1], [0], [0]])).toBeCloseTo(2 / 3, 12);
});

test('targets that do not fit are refused', async () => {
  await expect(of(binaryAccuracy, [[1], [2]], [1])).rejects.toThrow('[1] do not fit logits of shape [2, 1]');
  await expect(of(binaryAccuracy, [[1, 2]], [[1], [0]])).rejects.toThrow('do not fit');
  await expect(of(categoricalAccuracy, [[1, 2, 3]], [[0, 1]])).rejects.toThrow('do not fit');
  await expect(of(categoricalAccuracy, [[1, 2, 3]], [3])).rejects.toThrow('from 0 to 2, got 3');
});

test('regression has no metric besides its loss, and every metric is in the record', () => {
  expect(defaultMetrics('regression')).toEqual([]);
  expect(Object.keys(metrics)).toEqual(['binary-accuracy', 'categorical-accuracy']);
});
