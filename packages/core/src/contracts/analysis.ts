/** What the curves say of a run or arm; `docs/verdicts.md` has the rules. */
export type Verdict =
  'underfit' | 'good fit' | 'overfit' | 'overtrained' | 'diverged' | 'not learning' | 'inconclusive';

/** A number over seeds. */
export interface Summary {
  readonly mean: number;
  /** Sample standard deviation (n - 1); null for a single value. */
  readonly sd: number | null;
  readonly min: number;
  readonly max: number;
  readonly n: number;
}

/** One arm over its seeds. */
export interface ArmAnalysis {
  readonly arm: string;
  /** Name of its dataset; absent where no run began. */
  readonly dataset?: string;
  readonly parameters: number;
  /** Runs that the numbers are over: those that finished, or where none did, those that finished an epoch. */
  readonly runs: number;
  readonly verdict: Verdict;
  /** One sentence with the numbers that led to the verdict. */
  readonly evidence: string;
  /**
   * Keys: `lowest_val_loss`, `lowest_val_loss_epoch`, `lowest_val_data_loss`, `peak_val_accuracy`, `final_val_loss`,
   * `final_val_data_loss`, `final_val_accuracy`, `final_train_loss`, `final_train_accuracy`, `final_gap`,
   * `epochs`, `seconds_per_epoch`; those that a run's logs do not allow are absent. Where a callback restored weights,
   * the final numbers are those of the restored weights.
   */
  readonly numbers: Readonly<Record<string, Summary>>;
}

/** What an experiment showed. */
export interface ExperimentAnalysis {
  readonly baseline: string;
  readonly arms: readonly ArmAnalysis[];
  /**
   * The arm with the lowest mean of `lowest_val_data_loss`; absent where no arm finished, and where arms have different
   * datasets, whose losses cannot be compared.
   */
  readonly best?: string;
}
