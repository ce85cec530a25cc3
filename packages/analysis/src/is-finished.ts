import type { History } from '@wellfit/core';

/** Whether a run ended as it was meant to, by its number of epochs or by a callback, with at least one epoch. */
export function isFinished({ status, epochs }: Pick<History, 'status' | 'epochs'>): boolean {
  return (status === 'completed' || status === 'stopped') && epochs.length > 0;
}
