import type { Logs } from '@wellfit/core';
import type { FitModel } from './fit-model.js';

/** Numbers as `model.fit` hands them to its callbacks. */
export type FitLogs = Readonly<Record<string, number>>;

/** What `model.fit` calls `acc`, everybody else calls accuracy. */
function nameOf(key: string): string {
  return key.replace(/(^|_)acc$/, '$1accuracy');
}

/** The running means of an epoch's batches, weighted by their rows. */
export class BatchMeans {
  readonly #sums = new Map<string, number>();
  #rows = 0;

  add({ batch, size, ...values }: FitLogs): void {
    this.#rows += size;
    for (const [key, value] of Object.entries(values)) {
      const name = nameOf(key);
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + value * size);
    }
  }

  logs(): Logs {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#rows]));
  }
}

/**
 * An epoch's numbers under the names and with the meaning that they have in wellfit: `acc` becomes `accuracy`, and
 * `val_loss`, from which `fit` leaves out the penalty that `loss` contains, gets it. `val_data_loss` is without it.
 */
export function epochLogs(logs: FitLogs, penalty: number): Logs {
  const named: Record<string, number> = { penalty };
  for (const [key, value] of Object.entries(logs)) named[nameOf(key)] = value;
  if (named.val_loss !== undefined) {
    named.val_data_loss = named.val_loss;
    named.val_loss += penalty;
  }
  return named;
}

/** What the model's own regularizers add to its loss; 0 without any. */
export function penaltyOf(model: FitModel): number {
  return model.calculateLosses().reduce((sum, loss) => {
    const [value] = Array.from(loss.dataSync());
    loss.dispose();
    return sum + value;
  }, 0);
}
