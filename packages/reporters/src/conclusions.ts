import type { ArmAnalysis, ExperimentAnalysis, Summary } from '@wellfit/core';
import { formatMean } from './number-format.js';

/** Whether an arm lies no further from the lowest than the larger of the two deviations over seeds. */
function isNear({ numbers }: ArmAnalysis, lowest: Summary): boolean {
  const own = numbers.lowest_val_data_loss;
  if (own?.sd == null || lowest.sd === null) return false;
  return own.mean - lowest.mean <= Math.max(own.sd, lowest.sd);
}

/**
 * What an experiment showed, in sentences for the terminal and the HTML report: the arm with the lowest loss, or why
 * none is named, and how little that means where arms were compared over a single seed or lie close together. Names in
 * them are as they came: not escaped.
 */
export function conclusions({ arms, best }: ExperimentAnalysis): string[] {
  const lowest = arms.find(({ arm }) => arm === best)?.numbers.lowest_val_data_loss;
  const value = lowest === undefined ? '' : ` (${formatMean(lowest)})`;
  const ran = arms.filter(({ runs }) => runs > 0);
  const isSingle = ran.length > 1 && ran.every(({ runs }) => runs === 1);
  const near = lowest === undefined ? [] : ran.filter((arm) => arm.arm !== best && isNear(arm, lowest));
  const datasets = [...new Set(ran.flatMap(({ dataset }) => dataset ?? []))];
  return [
    ...(datasets.length > 1
      ? [`No arm is called the best: losses on different data (${datasets.join(', ')}) cannot be compared.`]
      : []),
    ...(best === undefined ? [] : [`Lowest validation loss without penalty: ${best}${value}.`]),
    ...(near.length === 0
      ? []
      : [
          `Within one standard deviation over seeds of it: ${near.map(({ arm }) => arm).join(', ')}; ` +
            'such a difference may be chance.',
        ]),
    ...(isSingle ? ['One seed cannot show a difference between arms; compare over several: --seeds 5.'] : []),
  ];
}
