import type { Verdict } from '@wellfit/core';
import type { RunFacts } from './run-facts.js';
import type { Thresholds } from './thresholds.js';

/** What a rule weighs facts against. */
export interface Against {
  readonly t: Thresholds;
  /** What distances are measured in shares of. */
  readonly scale: number;
  /** Lowest validation loss of the best arm. */
  readonly best?: number;
}

/** A verdict, when it holds, and the sentence that says why. */
export interface Rule {
  readonly verdict: Verdict;
  readonly holds: (facts: RunFacts, against: Against) => boolean;
  readonly says: (facts: RunFacts, best?: number) => string;
}

/** In their order: the first that holds decides. `docs/verdicts.md` has them in words. */
export const rules: readonly Rule[] = [
  {
    verdict: 'not learning',
    holds: (f, { t }) => isFlat(f, t) || isAtChance(f, t),
    says: (f) =>
      `Training loss went no lower than ${num(f.trainLowest)} from ${num(f.start)} during the first epoch` +
      (f.peakAccuracy === undefined ? '' : `, training accuracy no higher than ${num(f.peakAccuracy)}`),
  },
  {
    verdict: 'overtrained',
    holds: (f, against) => rose(f, against) && f.trainFinal < f.trainAtLowestVal,
    says: (f) =>
      `Validation loss rose from its lowest, ${num(f.valLowest)} in epoch ${num(f.valLowestEpoch)}, to ` +
      `${num(f.valFinal)}, while training loss went on falling from ${num(f.trainAtLowestVal)} to ${num(f.trainFinal)}`,
  },
  {
    verdict: 'overfit',
    holds: (f, against) => {
      const { t, scale, best } = against;
      if (gap(f) <= t.floor * scale) return false;
      // Behind the best arm: for the most part by the gap, or by what was not even learned?
      if (best !== undefined && gap(f) <= t.gapOfBehind * (f.valFinal - best)) return false;
      return (
        isBehind(f.valFinal, against) ||
        (gap(f) > t.gap * f.valFinal && gap(f) > t.gapOfLearned * (scale - f.valLowest))
      );
    },
    says: (f) =>
      `Training loss ended at ${num(f.trainFinal)}, far below validation loss at ${num(f.valFinal)}: a gap of ${num(gap(f))}`,
  },
  {
    // What rose while the training loss fell was overtrained above: here training itself lost what it had.
    verdict: 'underfit',
    holds: rose,
    says: (f) =>
      `Validation loss rose from its lowest, ${num(f.valLowest)} in epoch ${num(f.valLowestEpoch)}, to ` +
      `${num(f.valFinal)}, and training loss with it, from ${num(f.trainAtLowestVal)} to ${num(f.trainFinal)}`,
  },
  {
    verdict: 'underfit',
    holds: (f, { t, scale }) => Math.min(f.trainFall, f.valFall) > t.stillFalling * scale,
    says: (f) =>
      `Training and validation loss were still falling at the end, by ${num(f.trainFall)} and ${num(f.valFall)} ` +
      `per epoch, to ${num(f.trainFinal)} and ${num(f.valFinal)}`,
  },
  {
    verdict: 'underfit',
    holds: (f, against) => isBehind(f.valLowest, against),
    says: (f, best) =>
      `Validation loss went no lower than ${num(f.valLowest)}, well above the best arm's ${num(Number(best))}, ` +
      `with a gap of only ${num(gap(f))}`,
  },
];

/** What is left. */
export const goodFit: Rule = {
  verdict: 'good fit',
  holds: () => true,
  says: (f) =>
    `Validation loss ended at ${num(f.valFinal)}, near its lowest, ${num(f.valLowest)} in epoch ` +
    `${num(f.valLowestEpoch)}, with a gap of ${num(gap(f))} to the training loss`,
};

function gap({ valFinal, trainFinal }: RunFacts): number {
  return valFinal - trainFinal;
}

/** Whether the validation loss ended well above its lowest. */
function rose({ valFinal, valLowest }: RunFacts, { t, scale }: Against): boolean {
  const rise = valFinal - valLowest;
  const least = Math.min(t.rise * valLowest, t.riseOfLearned * (scale - valLowest));
  return rise > Math.max(least, t.floor * scale);
}

/** Whether a validation loss is well above that of the best arm. */
function isBehind(loss: number, { t, scale, best = loss }: Against): boolean {
  return loss > (1 + t.behind) * best && loss - best > t.floor * scale;
}

function isFlat(facts: RunFacts, t: Thresholds): boolean {
  return facts.trainLowest >= (1 - t.noFall) * facts.start && !becameAccurate(facts, t);
}

/** A model that always guesses among k balanced classes has loss ln k and accuracy 1/k. */
function isAtChance(facts: RunFacts, t: Thresholds): boolean {
  const { trainLowest, accuracyAtLowestTrain: accuracy } = facts;
  if (accuracy === undefined || accuracy > t.chanceAccuracy) return false;
  const guessing = Math.exp(-trainLowest);
  if (accuracy <= t.chanceRatio * guessing) return true;
  // A loss far above ln k says nothing for the model: it may come down for ever and the guesses stay guesses.
  return accuracy >= guessing && !becameAccurate(facts, t);
}

function becameAccurate({ firstAccuracy, peakAccuracy }: RunFacts, { noRise }: Thresholds): boolean {
  if (firstAccuracy === undefined || peakAccuracy === undefined) return false;
  return peakAccuracy - firstAccuracy >= noRise;
}

/** Three significant digits, and integers whole. */
function num(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
