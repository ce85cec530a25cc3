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
  /** The 95 % interval of the mean by Student's t; absent for a single value and in records of before there was one. */
  readonly interval?: readonly [low: number, high: number];
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

/** One number of an arm against the baseline, paired by seed; `docs/statistics.md` has the formulas. */
export interface ArmComparison {
  readonly arm: string;
  /** Which of `ArmAnalysis.numbers` is compared. */
  readonly number: string;
  readonly better: 'lower' | 'higher';
  /** Whether a difference in this number is declared; others are shown for what they are. */
  readonly decides: boolean;
  /** Arm minus baseline, for each seed with a finished run of both; at least one. */
  readonly pairs: readonly { readonly seed: number; readonly difference: number }[];
  /** Seeds of either arm that are no pair, as a run of them is missing or did not finish. */
  readonly leftOut: number;
  /** Seeds at which a run of either arm diverged. */
  readonly diverged: number;
  /** Of the differences; its interval is the one that decides. */
  readonly difference: Summary;
  /** The 95 % interval by the bootstrap (BCa, expanded for small samples); absent for a single pair. */
  readonly bootstrap?: readonly [low: number, high: number];
  /** The share of pairs in which the arm is better; ties count half. */
  readonly superiority: number;
  /** Of the two-sided sign-flip test. */
  readonly p: number;
  /** The same by Holm over the arms that are compared by this number. */
  readonly adjustedP: number;
  /** The fewest seeds with which that many comparisons could declare anything. */
  readonly leastSeeds: number;
  /**
   * About how many seeds it takes to find a difference of the size seen, with a probability of .8; absent for a single
   * pair, for no difference, and where it is more than 1,000.
   */
  readonly seedsNeeded?: number;
  /** Absent where nothing is declared. */
  readonly declared?: 'better' | 'worse';
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
  /**
   * Arms with runs that have not come to their end, being cut short or not begun: how many, and of how many. They count
   * nowhere while another run of their arm has ended. Absent where all ended, and in records of before it was counted.
   */
  readonly unfinished?: readonly { readonly arm: string; readonly runs: number; readonly planned: number }[];
  /**
   * Arms against the baseline, those on its dataset only: number by number, the one that decides first. Absent in records of
   * before there were any.
   */
  readonly comparisons?: readonly ArmComparison[];
}
