/**
 * What a run of the corpus is, from how it was made and from an oracle: thousands of rows that neither its training nor its
 * validation curve has seen, and the best loss that was reached on them in its world. Written down before any run was
 * looked at.
 *
 * With C the loss of guessing, B the best loss on the oracle's rows, F the run's last loss there and M its lowest, and T its last
 * training loss, all in inference mode without penalty, and with S = max(C - B, C / 10) for what there is to learn:
 *
 * 1. `diverged`: a number became infinite or NaN (the run's status).
 * 2. `not learning`: made with a learning rate that is as good as none, or: on the oracle's rows its accuracy never came a
 *    tenth of the way from guessing to the best, and its training loss never 10 % below C.
 * 3. `good fit`: F - B is at most 15 % of S.
 * 4. Else F - B = (F - T) + (T - B), the part that was lost between training rows and new ones, and the part that was not
 *    even learned from the training rows. Where the first is the larger: `overtrained` if F - M is more than 15 % of S, as
 *    stopping earlier would have saved that much, else `overfit`.
 * 5. Where the second is the larger: `underfit`.
 *
 * Runs within a third of a limit in 3 and 4, or within a tenth of equal parts, are close calls: labelled, and marked.
 */
const LOST = 0.15;
const CLOSE = 0.05;
const LEARNED = 0.1;
/** The highest of the learning rates of runs that are made not to learn, rounded up. */
const NO_RATE = 1e-7;

/**
 * @param best The lowest loss and the highest accuracy on the oracle's rows of any run in the world.
 * @returns `{ label, close }`
 */
export function labelRun({ status, train, oracle, setup }, best, { classes }) {
  if (status === 'diverged') return { label: 'diverged', close: false };
  const guess = Math.log(classes);
  const learnable = Math.max(guess - best.loss, guess / 10);
  const way = Math.max(best.accuracy - 1 / classes, 0.1);
  const learned = (oracle.accuracy - 1 / classes) / way;
  const fell = 1 - Math.min(...train) / guess;
  if (setup.learningRate <= NO_RATE || (learned < LEARNED && fell < 0.1)) {
    return { label: 'not learning', close: false };
  }
  const near = (value, limit, by) => Math.abs(value - limit) < by;
  const lost = (oracle.final - best.loss) / learnable;
  if (lost <= LOST) return { label: 'good fit', close: near(lost, LOST, CLOSE) };
  const between = (oracle.final - train.at(-1)) / learnable / lost;
  const close = near(lost, LOST, CLOSE) || near(between, 0.5, 0.1);
  if (between <= 0.5) return { label: 'underfit', close };
  const undone = (oracle.final - oracle.lowest) / learnable;
  return { label: undone > LOST ? 'overtrained' : 'overfit', close: close || near(undone, LOST, CLOSE) };
}

/** The best loss and accuracy that any run or reference reached on the oracle's rows. */
export function bestOf(runs) {
  const seen = runs.flatMap(({ oracle }) => oracle ?? []);
  return {
    loss: Math.min(...seen.map(({ lowest }) => lowest)),
    accuracy: Math.max(...seen.map(({ accuracy }) => accuracy)),
  };
}
