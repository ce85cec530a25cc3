/**
 * Published outcomes of the built-in experiments, and how far ours may lie from them. A row:
 *
 *   { arm, number, published, tolerance }     a mean over seeds within a tolerance
 *   { arm, number, atMost | atLeast }         a bound
 *   { arm, than, number, below: true }        the arm's mean lies below that of another arm
 *   { arm, than, number, within }             the arm's mean lies as near to that of another arm
 *
 * `number` is a key of the analysis in `experiment.json`, or `test_loss`, `test_data_loss`, `test_accuracy` of
 * `wellfit evaluate`. `minutes` is about what a seed takes on 2 cores; `seeds` how many are run by default.
 *
 * Tolerances are about three standard errors of the difference of two means of 5 seeds; after an epoch in which a
 * network has learnt the data by heart, seeds differ by .03 and more. Where a published figure is of a single run, the
 * tolerance also covers what seeds differ by.
 */
export const PUBLISHED = {
  'imdb-capacity': {
    minutes: 0.3,
    seeds: 5,
    // Computed by tools/reference/keras-fresh-order.py, which says why: the published end of `large` (.79) comes from
    // runs that repeat one batch order in every epoch.
    rows: [
      { arm: 'small', number: 'lowest_val_loss', published: 0.328, tolerance: 0.004 },
      { arm: 'small', number: 'final_val_loss', published: 0.335, tolerance: 0.015 },
      { arm: 'small', number: 'final_train_loss', published: 0.2719, tolerance: 0.03 },
      { arm: 'base', number: 'lowest_val_loss', published: 0.3279, tolerance: 0.004 },
      { arm: 'base', number: 'final_val_loss', published: 0.3896, tolerance: 0.06 },
      { arm: 'base', number: 'final_train_loss', published: 0.1878, tolerance: 0.06 },
      { arm: 'large', number: 'lowest_val_loss', published: 0.3283, tolerance: 0.004 },
      { arm: 'large', number: 'final_val_loss', published: 0.9099, tolerance: 0.03 },
      { arm: 'large', number: 'final_val_accuracy', published: 0.8396, tolerance: 0.004 },
      { arm: 'large', number: 'final_train_loss', published: 0.0005, tolerance: 0.0002 },
    ],
  },
  'imdb-remedies': {
    minutes: 0.3,
    seeds: 5,
    rows: [
      { arm: 'none', number: 'lowest_val_loss', published: 0.328, tolerance: 0.01 },
      { arm: 'none', number: 'final_val_loss', published: 0.405, tolerance: 0.06 },
      { arm: 'none', number: 'final_val_accuracy', published: 0.845, tolerance: 0.01 },
      { arm: 'l2', number: 'lowest_val_loss', published: 0.354, tolerance: 0.01 },
      { arm: 'l2', number: 'final_val_loss', published: 0.358, tolerance: 0.02 },
      { arm: 'l2', number: 'final_val_accuracy', published: 0.859, tolerance: 0.006 },
      { arm: 'dropout', number: 'lowest_val_loss', published: 0.323, tolerance: 0.01 },
      { arm: 'dropout', number: 'final_val_loss', published: 0.343, tolerance: 0.02 },
      { arm: 'dropout', number: 'final_val_accuracy', published: 0.856, tolerance: 0.006 },
    ],
  },
  'imdb-10k': {
    minutes: 0.6,
    seeds: 5,
    rows: [
      { arm: 'none', number: 'lowest_val_loss', published: 0.282, tolerance: 0.01 },
      { arm: 'none', number: 'lowest_val_loss_epoch', published: 3, tolerance: 1 },
      { arm: 'none', number: 'peak_val_accuracy', published: 0.8883, tolerance: 0.004 },
      { arm: 'none', number: 'final_val_loss', published: 0.635, tolerance: 0.06 },
      { arm: 'none', number: 'final_val_accuracy', published: 0.8555, tolerance: 0.01 },
      { arm: 'l2', number: 'lowest_val_loss', published: 0.331, tolerance: 0.01 },
      { arm: 'l2', number: 'peak_val_accuracy', published: 0.8876, tolerance: 0.004 },
      { arm: 'l2', number: 'final_val_loss', published: 0.441, tolerance: 0.06 },
      { arm: 'l2', number: 'final_val_accuracy', published: 0.8644, tolerance: 0.02 },
      { arm: 'dropout', number: 'lowest_val_loss', published: 0.278, tolerance: 0.01 },
      { arm: 'dropout', number: 'peak_val_accuracy', published: 0.8886, tolerance: 0.004 },
      { arm: 'dropout', number: 'final_val_loss', published: 0.558, tolerance: 0.06 },
      { arm: 'dropout', number: 'final_val_accuracy', published: 0.8757, tolerance: 0.01 },
    ],
  },
  // Published: one seed of Keras 3. With L1 validation accuracy jumps from epoch to epoch, by .03 and more.
  'imdb-penalties': {
    minutes: 1.5,
    seeds: 3,
    rows: [
      { arm: 'none', number: 'final_val_loss', published: 0.85, tolerance: 0.1 },
      { arm: 'none', number: 'final_val_accuracy', published: 0.856, tolerance: 0.012 },
      { arm: 'l1', number: 'final_val_loss', published: 1.29, tolerance: 0.1 },
      { arm: 'l1', number: 'final_val_accuracy', published: 0.849, tolerance: 0.03 },
      { arm: 'l2', number: 'final_val_loss', published: 0.397, tolerance: 0.04 },
      { arm: 'l2', number: 'final_val_accuracy', published: 0.879, tolerance: 0.02 },
      { arm: 'l1l2', number: 'final_val_loss', published: 1.34, tolerance: 0.1 },
      { arm: 'l1l2', number: 'final_val_accuracy', published: 0.848, tolerance: 0.03 },
      { arm: 'l1', than: 'l1l2', number: 'final_val_loss', within: 0.15 },
      { arm: 'l2-weak', number: 'final_val_loss', published: 0.468, tolerance: 0.06 },
      { arm: 'l2-weak', number: 'final_val_accuracy', published: 0.862, tolerance: 0.02 },
      { arm: 'dropout', number: 'final_val_loss', published: 0.99, tolerance: 0.15 },
      { arm: 'dropout', number: 'final_val_accuracy', published: 0.869, tolerance: 0.012 },
    ],
  },
  'imdb-early-stopping': {
    minutes: 2,
    seeds: 3,
    rows: [{ arm: 'early-stopping', number: 'epochs', published: 23, tolerance: 2 }],
  },
  'imdb-depth': {
    minutes: 0.6,
    seeds: 3,
    rows: [
      { arm: 'units-doubled', than: 'base', number: 'final_train_loss', below: true },
      { arm: 'base', than: 'units-halved', number: 'final_train_loss', below: true },
      { arm: 'units-halved', than: 'units-doubled', number: 'final_gap', below: true },
      { arm: 'layers-1', than: 'layers-4', number: 'final_gap', below: true },
    ],
  },
  'learning-curve': {
    minutes: 3,
    seeds: 3,
    rows: ['imdb', 'mnist'].flatMap((data) => [
      ...[
        [3, 1],
        [10, 3],
        [30, 10],
        [100, 30],
      ].map(([more, less]) => ({
        arm: `${data}-${more}`,
        than: `${data}-${less}`,
        number: 'final_val_data_loss',
        below: true,
      })),
      // From one size to the next the gap of the kept weights may go either way; over all of them it shrinks.
      { arm: `${data}-100`, than: `${data}-1`, number: 'final_gap', below: true },
    ]),
  },
  'mnist-mlp': {
    minutes: 12,
    seeds: 1,
    rows: [
      { arm: 'base', number: 'test_loss', published: 0.101, tolerance: 0.012 },
      { arm: 'base', number: 'test_accuracy', published: 0.9706, tolerance: 0.004 },
    ],
  },
  'mnist-initialisers': {
    minutes: 2,
    seeds: 3,
    rows: [
      { arm: 'zeros', number: 'peak_val_accuracy', atMost: 0.13 },
      { arm: 'std-0.00001', number: 'peak_val_accuracy', atMost: 0.13 },
      { arm: 'he-normal', than: 'glorot-uniform', number: 'lowest_val_loss', below: true },
      { arm: 'he-normal', than: 'std-1', number: 'lowest_val_loss', below: true },
      { arm: 'he-normal', than: 'std-0.01', number: 'lowest_val_loss', below: true },
    ],
  },
  'mnist-batchnorm': {
    minutes: 12,
    seeds: 1,
    rows: [
      { arm: 'with', number: 'final_train_accuracy', atLeast: 0.9995 },
      { arm: 'with', number: 'final_val_accuracy', published: 0.9665, tolerance: 0.006 },
    ],
  },
  'mnist-optimizers': {
    minutes: 4,
    seeds: 1,
    rows: [
      { arm: 'adam', than: 'sgd', number: 'lowest_val_loss', below: true },
      { arm: 'momentum', than: 'sgd', number: 'lowest_val_loss', below: true },
    ],
  },
  'mnist-dropout': {
    minutes: 5,
    seeds: 1,
    rows: [
      { arm: 'dropout', number: 'final_train_accuracy', published: 0.992, tolerance: 0.004 },
      { arm: 'dropout', number: 'final_val_accuracy', published: 0.978, tolerance: 0.003 },
    ],
  },
  'mnist-early-stopping': {
    minutes: 8,
    seeds: 1,
    rows: [
      { arm: 'early-stopping', number: 'epochs', atMost: 99 },
      // The evaluation of the restored weights is that of the best epoch.
      { arm: 'early-stopping', number: 'restored_excess', published: 0, tolerance: 1e-9 },
    ],
  },
  'mnist-weight-decay': {
    minutes: 15,
    seeds: 1,
    rows: [
      { arm: 'weight-decay', number: 'test_loss', published: 0.127, tolerance: 0.02 },
      { arm: 'weight-decay', number: 'test_accuracy', published: 0.9765, tolerance: 0.004 },
    ],
  },
  'cifar10-dropout': {
    minutes: 100,
    seeds: 1,
    rows: [
      { arm: 'dropout', number: 'final_val_accuracy', published: 0.7735, tolerance: 0.015 },
      { arm: 'dropout', number: 'peak_val_accuracy', published: 0.777, tolerance: 0.015 },
      { arm: 'dropout', number: 'lowest_val_loss', published: 0.68, tolerance: 0.03 },
      { arm: 'dropout', number: 'lowest_val_loss_epoch', published: 17, tolerance: 5 },
    ],
  },
};
