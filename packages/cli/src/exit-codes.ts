/** What the command's exit code says; the help shows the same list. */
export const exitCodes = {
  ok: 0,
  /** A run, a reporter or the environment failed. */
  failed: 1,
  /** The command line or an experiment file is wrong. */
  badInput: 2,
  /** A replay is not the same as its record. */
  differs: 3,
  /** Ctrl-C, 128 + SIGINT. */
  interrupted: 130,
  /** 128 + SIGTERM. */
  terminated: 143,
} as const;
