import type { ExperimentAnalysis } from '@wellfit/core';
import { formatMean } from './number-format.js';

/**
 * What an experiment showed, in sentences for the terminal and the HTML report: the arm with the lowest loss, and how
 * little that means where arms were compared over a single seed. Names in them are as they came: not escaped.
 */
export function conclusions({ arms, best }: ExperimentAnalysis): string[] {
  const lowest = arms.find(({ arm }) => arm === best)?.numbers.lowest_val_data_loss;
  const value = lowest === undefined ? '' : ` (${formatMean(lowest)})`;
  const ran = arms.filter(({ runs }) => runs > 0);
  const isSingle = ran.length > 1 && ran.every(({ runs }) => runs === 1);
  return [
    ...(best === undefined ? [] : [`Lowest validation loss without penalty: ${best}${value}.`]),
    ...(isSingle ? ['One seed cannot show a difference between arms; compare over several: --seeds 5.'] : []),
  ];
}
