/**
 * Where verdicts are drawn; `docs/verdicts.md` explains the rules in words, and how the numbers were chosen. Losses are
 * measured in shares of a loss of the same data, so that the scale of the loss does not matter.
 */
export const thresholds = {
  /** Shorter runs have no curve to judge. */
  minEpochs: 3,
  /** Not learning: the training loss fell by less than this share of its mean over the first epoch... */
  noFall: 0.05,
  /** ...and training accuracy, where there is one, rose by less than this. */
  noRise: 0.08,
  /** At chance: an accuracy of at most this (guessing among two balanced classes gives 0.5)... */
  chanceAccuracy: 0.55,
  /** ...and at most this many times `exp(-loss)`, which is the accuracy of guessing among balanced classes. */
  chanceRatio: 1.1,
  /** Overtrained: the last validation loss exceeds the lowest by more than this share of the lowest... */
  rise: 0.1,
  /** ...or by more than this share of what was learned, from the starting loss down to the lowest validation loss. */
  riseOfLearned: 0.25,
  /** Overfit: the gap is more than this share of the last validation loss... */
  gap: 0.2,
  /** ...and more than this share of what was learned... */
  gapOfLearned: 0.4,
  /**
   * ...instead of both, where the run ended behind the best arm: more than this share of the distance to it. What is less is
   * never overfit, as more was lost by what was not even learned.
   */
  gapOfBehind: 0.5,
  /** Behind the best arm: a validation loss exceeds the best arm's lowest by more than this share of that. */
  behind: 0.1,
  /** Underfit: both losses fell, per epoch at the end, by more than this share of the starting loss. */
  stillFalling: 0.02,
  /** "At the end" is this share of the epochs, at least two steps from epoch to epoch. */
  end: 0.25,
  /** A rise, a gap or a distance smaller than this share of the starting loss never counts. */
  floor: 0.07,
  /** The starting loss counts as at most so many times the smallest of the arms on the same dataset. */
  inflated: 3,
} as const;

/** Thresholds by name; calibration tries others. */
export type Thresholds = { readonly [Name in keyof typeof thresholds]: number };
