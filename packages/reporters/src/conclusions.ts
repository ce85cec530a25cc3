import type { ArmAnalysis, ExperimentAnalysis, Summary } from '@wellfit/core';
import { comparisonSentences } from './comparison-sentences.js';
import { formatMean } from './number-format.js';

/** Whether an arm lies no further from the lowest than the larger of the two deviations over seeds. */
function isNear({ numbers }: ArmAnalysis, lowest: Summary): boolean {
  const own = numbers.lowest_val_data_loss;
  if (own?.sd == null || lowest.sd === null) return false;
  return own.mean - lowest.mean <= Math.max(own.sd, lowest.sd);
}

/**
 * What an experiment showed, in sentences for the terminal and the HTML report: the arm with the lowest loss, or why
 * none is named; which runs have not come to their end; how each arm compares with the baseline; and how little it means
 * where arms were compared over a single seed or lie close together. Names in them are as they came: not escaped.
 */
export function conclusions(analysis: ExperimentAnalysis): string[] {
  const { arms, best, baseline, comparisons = [] } = analysis;
  const lowest = arms.find(({ arm }) => arm === best)?.numbers.lowest_val_data_loss;
  const value = lowest === undefined ? '' : ` (${formatMean(lowest)})`;
  const ran = arms.filter(({ runs }) => runs > 0);
  const isSingle = ran.length > 1 && ran.every(({ runs }) => runs === 1);
  // Pairs tell more than deviations over seeds do, which those between the best and the baseline have.
  const isCompared = (arm: string) =>
    comparisons.some(
      (one) => (one.arm === arm && best === baseline) || (one.arm === best && arm === baseline),
    );
  const near =
    lowest === undefined
      ? []
      : ran.filter((arm) => arm.arm !== best && !isCompared(arm.arm) && isNear(arm, lowest));
  const datasets = [...new Set(ran.flatMap(({ dataset }) => dataset ?? []))];
  const wanted = Math.max(6, ...comparisons.map(({ leastSeeds }) => leastSeeds));
  return [
    ...unfinishedSentence(analysis),
    ...(datasets.length > 1
      ? [`No arm is called the best: losses on different data (${datasets.join(', ')}) cannot be compared.`]
      : []),
    ...(best === undefined ? [] : [`Lowest validation loss without penalty: ${best}${value}.`]),
    ...(isSingle
      ? [`One seed cannot show a difference between arms; compare over several: --seeds ${wanted}.`]
      : comparisonSentences(analysis)),
    ...(near.length === 0
      ? []
      : [
          `Within one standard deviation over seeds of ${best}: ${near.map(({ arm }) => arm).join(', ')}; ` +
            'such a difference may be chance.',
        ]),
  ];
}

function unfinishedSentence({ unfinished = [] }: ExperimentAnalysis): string[] {
  if (unfinished.length === 0) return [];
  const runs = unfinished.map(({ arm, runs, planned }) => `${runs} of ${planned} runs of ${arm}`);
  return [`Not at their end: ${runs.join(', ')}. Where other runs of an arm are, only those count.`];
}
