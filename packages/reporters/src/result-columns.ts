import type { ArmAnalysis, ExperimentAnalysis } from '@wellfit/core';
import { formatCount, formatEpoch, formatMean, formatMetric, formatSummary } from './number-format.js';

/** A column of the results, in the terminal and in the HTML report. */
export interface ResultColumn {
  /** The title's first line, such as `lowest val`. */
  readonly over: string;
  /** The title's second line, such as `loss (epoch)`. */
  readonly title: string;
  /** @param spread Whether to add the standard deviation over seeds. */
  readonly value: (arm: ArmAnalysis, spread: boolean) => string;
}

/**
 * The columns that this analysis has numbers for, the most telling first. The lowest loss without the penalty stands
 * beside the one with it only where some arm has a penalty: they are the same elsewhere.
 */
export function resultColumns({ arms }: ExperimentAnalysis): ResultColumn[] {
  const number = (over: string, title: string, key: string): ResultColumn[] => {
    if (!arms.some(({ numbers }) => numbers[key] !== undefined)) return [];
    const value: ResultColumn['value'] = ({ numbers }, spread) =>
      spread ? formatSummary(numbers[key]) : formatMean(numbers[key]);
    return [{ over, title, value }];
  };
  return [
    { over: '', title: 'parameters', value: ({ parameters }) => formatCount(parameters) },
    ...number('lowest val', 'loss (epoch)', 'lowest_val_loss').map(withEpoch),
    ...(arms.some(hasPenalty) ? number('lowest val', 'data loss', 'lowest_val_data_loss') : []),
    ...number('peak val', 'accuracy', 'peak_val_accuracy'),
    ...number('final val', 'loss', 'final_val_loss'),
    ...number('final val', 'accuracy', 'final_val_accuracy'),
    ...number('final', 'gap', 'final_gap'),
    ...(arms.some((arm) => lowestInterval(arm) !== undefined) ? [interval] : []),
  ];
}

/** Of the number that arms are compared by; last, as a narrow terminal leaves out what stands on the right. */
const interval: ResultColumn = {
  over: 'lowest val data loss',
  title: '95 % interval',
  value: (arm) => {
    const found = lowestInterval(arm);
    return found === undefined ? '–' : found.map(formatMetric).join(' to ');
  },
};

function lowestInterval({ numbers }: ArmAnalysis): readonly [number, number] | undefined {
  return numbers.lowest_val_data_loss?.interval;
}

function withEpoch(column: ResultColumn): ResultColumn {
  const value: ResultColumn['value'] = (arm, spread) => {
    const epoch = arm.numbers.lowest_val_loss_epoch;
    return column.value(arm, spread) + (epoch === undefined ? '' : ` (${formatEpoch(epoch)})`);
  };
  return { ...column, value };
}

function hasPenalty({ numbers }: ArmAnalysis): boolean {
  const { lowest_val_loss: all, lowest_val_data_loss: data } = numbers;
  return all !== undefined && data !== undefined && Math.abs(all.mean - data.mean) > 1e-6;
}
