/**
 * Where verdicts are drawn; `docs/verdicts.md` explains the rules in words, and how the numbers were chosen. *Guessing* is the
 * loss of a model that ignores its inputs; *what there is to learn* is the way from there down to the lowest validation
 * loss of the best arm, or of the run itself where that is lower or no other arm is known. So the scale of the loss does not
 * matter.
 */
export const thresholds = {
  /** Shorter runs have no curve to judge. */
  minEpochs: 3,
  /** Not learning: the training loss never got below guessing by more than this share of it... */
  trainBelowGuessing: 0.1,
  /** ...the validation loss not by more than this share... */
  valBelowGuessing: 0.02,
  /** ...and training accuracy, where there is one, rose by less than this since the first epoch. */
  accuracyRise: 0.2,
  /** A validation loss rose, or ended behind the best arm: by more than this share of what there is to learn. */
  lost: 0.12,
  /** Overfit or overtrained: the gap is more than this share of the distance to the lowest validation loss that is known... */
  gapOfLost: 0.5,
  /** ...and overfit also without such a distance: the gap is more than this share of guessing. */
  gap: 0.2,
  /** Underfit: both losses fell, per epoch at the end, by more than this share of guessing. */
  stillFalling: 0.03,
  /** "At the end" is this share of the epochs, at least two steps from epoch to epoch. */
  end: 0.25,
  /** Underfit, where no other arm is known: more than this share of guessing was left on the training rows... */
  left: 0.5,
  /** ...and the gap is less than this share of that. */
  slightGap: 0.1,
  /** There is always at least this share of guessing to learn. */
  leastToLearn: 0.1,
  /** Where guessing is not known, the starting loss stands for it, and counts as at most so many times the smallest of the arms. */
  inflated: 3,
  /** Not learning, where guessing is not known: the training loss fell by less than this share of its mean over the first epoch... */
  noFall: 0.05,
  /** ...and training accuracy, where there is one, rose by less than this. */
  noRise: 0.08,
  /** At chance: an accuracy of at most this (guessing among two balanced classes gives 0.5)... */
  chanceAccuracy: 0.55,
  /** ...and at most this many times `exp(-loss)`, which is the accuracy of guessing among balanced classes. */
  chanceRatio: 1.1,
} as const;

/** Thresholds by name; calibration tries others. */
export type Thresholds = { readonly [Name in keyof typeof thresholds]: number };
