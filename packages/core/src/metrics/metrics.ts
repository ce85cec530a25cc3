import type { Task } from '../contracts/dataset.js';
import { binaryAccuracy } from './binary-accuracy.js';
import { categoricalAccuracy } from './categorical-accuracy.js';
import type { Metric } from './metric.js';

/** All metrics by name. */
export const metrics = {
  'binary-accuracy': binaryAccuracy,
  'categorical-accuracy': categoricalAccuracy,
} as const satisfies Readonly<Record<string, Metric>>;

const byTask: Readonly<Record<Task, readonly Metric[]>> = {
  'binary-classification': [binaryAccuracy],
  classification: [categoricalAccuracy],
  regression: [],
};

/** What is logged for a task besides the loss. */
export function defaultMetrics(task: Task): readonly Metric[] {
  return byTask[task];
}
