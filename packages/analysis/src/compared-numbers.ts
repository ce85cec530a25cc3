/** A number of a run that arms are compared by. */
export interface ComparedNumber {
  /** A key of `runNumbers`. */
  readonly number: string;
  readonly better: 'lower' | 'higher';
  /** Whether a difference in it is declared. Only in one: with three numbers there would be three chances to be wrong. */
  readonly decides: boolean;
}

/** The numbers that arms are compared by; `docs/statistics.md` says why these. */
export const comparedNumbers: readonly ComparedNumber[] = [
  { number: 'lowest_val_data_loss', better: 'lower', decides: true },
  { number: 'peak_val_accuracy', better: 'higher', decides: false },
  { number: 'final_val_data_loss', better: 'lower', decides: false },
];
