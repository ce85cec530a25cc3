import type { History, Logs } from '@wellfit/core';
import { choosePanels } from './panel.js';

const run = (logs: Logs): History => ({
  arm: 'a',
  seed: 1,
  dataset: 'imdb',
  trainRows: 100,
  parameters: 1,
  status: 'completed',
  reason: '',
  epochs: [{ epoch: 1, logs, learningRate: 0.1, durationMs: 1, digest: '' }],
});
const full = {
  loss: 1,
  val_loss: 1,
  data_loss: 1,
  val_data_loss: 1,
  train_loss: 1,
  accuracy: 1,
  val_accuracy: 1,
};

test('compares the losses without penalty by default', () => {
  expect(choosePanels([run({ ...full, train_accuracy: 1 })])).toEqual([
    { title: 'Loss', best: 'lowest', training: 'train_loss', validation: 'val_data_loss' },
    { title: 'Accuracy', best: 'highest', training: 'train_accuracy', validation: 'val_accuracy' },
  ]);
});

test('falls back on what was logged, and leaves out defaults that were not', () => {
  expect(choosePanels([run({ loss: 1, val_loss: 1 })])).toEqual([
    { title: 'Loss', best: 'lowest', training: 'loss', validation: 'val_loss' },
  ]);
  expect(choosePanels([])).toEqual([]);
});

test.each([
  ['accuracy', { title: 'Accuracy', best: 'highest', training: 'accuracy', validation: 'val_accuracy' }],
  ['val_loss', { title: 'Val loss', validation: 'val_loss' }],
  ['data_loss', { title: 'Data loss', training: 'data_loss', validation: 'val_data_loss' }],
  ['learning_rate', { title: 'Learning rate', training: 'learning_rate' }],
])('finds the metric %s', (metric, panel) => {
  expect(choosePanels([run(full)], [metric])).toEqual([panel]);
});

test('takes a panel of own keys', () => {
  const panel = { title: 'With penalty', training: 'loss', validation: 'val_loss' };
  expect(choosePanels([run(full)], [panel])).toEqual([panel]);
});

test('an unknown metric is an error that lists the known ones', () => {
  expect(() => choosePanels([run({ loss: 1 })], ['f1'])).toThrow(
    'No run has logged the metric f1; logged are: learning_rate, loss.',
  );
});
