/** More runs in one experiment than anybody plans: to look for their files would take minutes. */
export const MOST_RUNS = 100_000;
