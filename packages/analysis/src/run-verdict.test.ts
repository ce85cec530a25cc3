import { runVerdict } from './index.js';
import { curves, history } from './test-support/history.js';

const flat = (value: number) => new Array<number>(8).fill(value);
const classified = (loss: number, accuracy: number) => ({
  loss,
  accuracy,
  train_loss: loss,
  train_accuracy: accuracy,
  val_loss: loss,
});

test.each([
  ['diverged', 'diverged', 'the loss became NaN in epoch 2, step 3'],
  ['inconclusive', 'cancelled', 'cancelled by the user'],
  ['inconclusive', 'failed', 'full disk'],
] as const)('%s: a run that %s', (verdict, status, reason) => {
  const run = curves([0.5, 0.4, 0.3], [0.5, 0.4, 0.3], { status, reason });
  expect(runVerdict(run)).toEqual({ verdict, evidence: `Run ${status}: ${reason}.` });
});

test('inconclusive: too few epochs, or nothing to validate on', () => {
  expect(runVerdict(curves([0.5, 0.4], [0.5, 0.4])).evidence).toBe(
    '2 finished of the 3 epochs that a verdict needs.',
  );
  expect(runVerdict(history([{ loss: 3 }, { loss: 2 }, { loss: 1 }]))).toEqual({
    verdict: 'inconclusive',
    evidence: 'No validation loss was logged.',
  });
});

test('not learning: the training loss stays where it started', () => {
  expect(runVerdict(curves([1.01, 1, 0.99, 1], [1, 1, 1, 1], { start: 1 }))).toEqual({
    verdict: 'not learning',
    evidence: 'Training loss went no lower than 0.990 from 1 during the first epoch.',
  });
});

test('not learning: at chance after a wild start', () => {
  const run = history([
    classified(5, 0.5),
    classified(0.7, 0.5),
    classified(0.693, 0.5),
    classified(0.694, 0.5),
  ]);
  expect(runVerdict(run)).toMatchObject({
    verdict: 'not learning',
    evidence: expect.stringContaining('accuracy no higher than 0.500') as string,
  });
});

test('a slowly falling loss with a rising accuracy is learning', () => {
  const run = history([
    classified(0.693, 0.5),
    classified(0.69, 0.55),
    classified(0.685, 0.6),
    classified(0.68, 0.65),
  ]);
  expect(runVerdict(run).verdict).not.toBe('not learning');
});

test('not learning: guessing, however far the loss comes down from an explosion', () => {
  const run = history([
    classified(5e5, 0.1),
    classified(2e4, 0.1),
    classified(402, 0.102),
    classified(396, 0.1),
  ]);
  expect(runVerdict(run).verdict).toBe('not learning');
});

describe('where the loss of guessing is known', () => {
  const run = (loss: number, accuracy: number, first = 0.5) =>
    runVerdict(
      history([classified(0.693, first), ...[0.69, loss, 0.69].map((x) => classified(x, accuracy))], {
        guessing: 0.693,
      }),
    );

  test('not learning: it was hardly undercut, and the accuracy hardly rose', () => {
    expect(run(0.685, 0.6)).toEqual({
      verdict: 'not learning',
      evidence:
        'Training loss went no lower than 0.685 from 0.693 during the first epoch, training accuracy no higher than 0.600; ' +
        'guessing has a loss of 0.693.',
    });
  });

  test('learning: the loss fell below it, or the accuracy rose', () => {
    expect(run(0.67, 0.6).verdict).not.toBe('not learning');
    expect(run(0.61, 0.6).verdict).not.toBe('not learning');
    expect(run(0.685, 0.71).verdict).not.toBe('not learning');
  });

  test('a model that learned all in its first epoch learned, though its loss did not fall any more', () => {
    const epochs = [0.1, 0.1, 0.1, 0.1].map((loss) => classified(loss, 0.97));
    expect(runVerdict(history(epochs)).verdict).toBe('not learning');
    expect(runVerdict(history(epochs, { guessing: 0.693 })).verdict).toBe('good fit');
  });

  test('learning by heart is learning: the validation loss does not get below guessing, the training loss does', () => {
    const run = curves([0.68, 0.5, 0.3, 0.1], [0.69, 0.7, 0.9, 1.2], { guessing: 0.693 });
    expect(runVerdict(run).verdict).toBe('overtrained');
  });

  test('0, where all training rows are of one class, counts as unknown', () => {
    const run = curves([0.5, 0.32, 0.3, 0.29], [0.5, 0.35, 0.34, 0.34], { start: 1, guessing: 0 });
    expect(runVerdict(run)).toEqual(
      runVerdict({ ...run, epochs: run.epochs.map((e) => ({ ...e, guessingLoss: undefined })) }),
    );
  });
});

test('a loss above that of guessing is no guessing where accuracy rises', () => {
  const run = history([classified(40, 0.2), classified(20, 0.4), classified(10, 0.5), classified(9.9, 0.52)]);
  expect(runVerdict(run).verdict).not.toBe('not learning');
});

test('ten classes, mostly wrong, but far better than guessing', () => {
  const run = history([
    classified(2.3, 0.1),
    classified(1.6, 0.4),
    classified(1.45, 0.48),
    classified(1.4, 0.5),
  ]);
  expect(runVerdict(run).verdict).not.toBe('not learning');
});

test('overtrained: validation loss rises while training loss falls', () => {
  expect(runVerdict(curves([0.5, 0.3, 0.2, 0.1], [0.5, 0.35, 0.4, 0.5]))).toEqual({
    verdict: 'overtrained',
    evidence:
      'Validation loss rose from its lowest, 0.350 in epoch 2, to 0.500, ' +
      'while training loss went on falling from 0.300 to 0.100.',
  });
});

test('not overtrained where the training loss rises too', () => {
  expect(runVerdict(curves([0.5, 0.3, 0.4, 0.42], [0.5, 0.35, 0.45, 0.45])).verdict).not.toBe('overtrained');
});

test('overfit: a large gap without such a rise', () => {
  const run = curves([0.5, 0.3, 0.2, 0.15, 0.12], [0.5, 0.4, 0.36, 0.36, 0.37], { start: 0.65 });
  expect(runVerdict(run)).toEqual({
    verdict: 'overfit',
    evidence: 'Training loss ended at 0.120, far below validation loss at 0.370: a gap of 0.250.',
  });
});

test('overtrained: a small rise where little could be learned, as from labels of which many are wrong', () => {
  const val = [0.66, 0.64, 0.63, 0.66, 0.69];
  const run = (start: number) => curves([0.64, 0.6, 0.55, 0.5, 0.45], val, { start });
  expect(runVerdict(run(0.68)).verdict).toBe('overtrained');
  // The same rise, where far more was learned, is what chance may do.
  expect(runVerdict(run(1.5)).verdict).toBe('good fit');
});

test('a gap that is small beside what was learned is no overfitting', () => {
  const run = (start: number) => curves([0.3, 0.1, 0.02, 0.001], [0.32, 0.16, 0.15, 0.15], { start });
  expect(runVerdict(run(1.2)).verdict).toBe('good fit');
  expect(runVerdict(run(0.4)).verdict).toBe('overfit');
});

test('far behind the best arm: overfit where the gap is the larger part of it, else underfit', () => {
  const run = (train: number) => curves([0.7, ...flat(train)], [0.7, ...flat(0.6)], { start: 1 });
  expect(runVerdict(run(0.4), { bestValLoss: 0.3 }).verdict).toBe('overfit');
  expect(runVerdict(run(0.5), { bestValLoss: 0.3 }).verdict).toBe('underfit');
});

test('underfit: training itself lost what it had', () => {
  expect(runVerdict(curves([0.5, 0.2, 0.4, 0.6], [0.5, 0.25, 0.45, 0.65]))).toEqual({
    verdict: 'underfit',
    evidence:
      'Validation loss rose from its lowest, 0.250 in epoch 2, to 0.650, ' +
      'and training loss with it, from 0.200 to 0.600.',
  });
});

test('underfit: still falling', () => {
  expect(runVerdict(curves([0.7, 0.6, 0.5, 0.4], [0.7, 0.61, 0.51, 0.42]))).toEqual({
    verdict: 'underfit',
    evidence:
      'Training and validation loss were still falling at the end, by 0.100 and 0.0950 per epoch, to 0.400 and 0.420.',
  });
});

test('underfit: far from having learned its training rows, with hardly a gap', () => {
  const run = (train: number) => curves([0.66, ...flat(train)], [0.66, ...flat(0.5)], { guessing: 0.693 });
  expect(runVerdict(run(0.48))).toEqual({
    verdict: 'underfit',
    evidence:
      'Training loss ended at 0.480, where guessing has 0.693, and validation loss close to it, at 0.500: ' +
      'the training rows hold more to learn.',
  });
  // A gap that opens, or a low loss, says that the rest may be noise.
  expect(runVerdict(run(0.44)).verdict).toBe('good fit');
  expect(runVerdict(curves([0.66, ...flat(0.3)], [0.66, ...flat(0.31)], { guessing: 0.693 })).verdict).toBe(
    'good fit',
  );
  expect(runVerdict(run(0.48), { bestValLoss: 0.49 }).verdict).toBe('good fit');
});

test('underfit: another arm does much better', () => {
  const run = curves([0.6, ...flat(0.5)], [0.6, ...flat(0.5)], { start: 1 });
  expect(runVerdict(run).verdict).toBe('good fit');
  expect(runVerdict(run, { bestValLoss: 0.3 })).toEqual({
    verdict: 'underfit',
    evidence:
      "Validation loss ended at 0.500, well above the best arm's lowest, 0.300, with a gap of only 0.",
  });
});

test('good fit: near its lowest, with a small gap', () => {
  expect(
    runVerdict(curves([0.5, 0.32, 0.3, 0.29], [0.5, 0.35, 0.34, 0.34], { start: 1 }), { bestValLoss: 0.32 }),
  ).toEqual({
    verdict: 'good fit',
    evidence:
      'Validation loss ended at 0.340, near its lowest, 0.340 in epoch 3, with a gap of 0.0500 to the training loss.',
  });
});

test('differences that are tiny beside the starting loss do not count', () => {
  const train = [0.1, 1e-4, 1e-5, 1e-6, 1e-6, 1e-6];
  const val = [0.1, 1e-3, 2e-3, 3e-3, 3e-3, 3e-3];
  expect(runVerdict(curves(train, val)).verdict).toBe('good fit');
});

test('without the evaluation of the training set, the running mean stands for it', () => {
  const logs = [0.5, 0.3, 0.2, 0.1].map((loss, i) => ({ loss, val_loss: [0.5, 0.35, 0.4, 0.5][i] }));
  expect(runVerdict(history(logs)).verdict).toBe('overtrained');
});

test('the scale of the loss does not matter', () => {
  const shapes: [number[], number[]][] = [
    [
      [0.5, 0.3, 0.2, 0.1],
      [0.5, 0.35, 0.4, 0.5],
    ],
    [
      [0.5, 0.3, 0.2, 0.15, 0.12],
      [0.5, 0.4, 0.36, 0.36, 0.37],
    ],
    [
      [0.7, 0.6, 0.5, 0.4],
      [0.7, 0.61, 0.51, 0.42],
    ],
    [
      [0.5, 0.32, 0.3, 0.29],
      [0.5, 0.35, 0.34, 0.34],
    ],
  ];
  for (const [train, val] of shapes) {
    const scaled = (factor: number) =>
      runVerdict(
        curves(
          train.map((x) => factor * x),
          val.map((x) => factor * x),
        ),
      ).verdict;
    expect([scaled(0.001), scaled(64), scaled(1e6)]).toEqual(new Array(3).fill(scaled(1)));
  }
});
