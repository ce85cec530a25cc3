import type { Host } from '../host.js';

/**
 * How wide text may be and whether it has colors: those of the terminal. A pipe has neither, unless `COLUMNS` says how wide
 * what is behind it is.
 */
export function terminalLook({ env, stdout }: Pick<Host, 'env' | 'stdout'>): {
  readonly width: number;
  readonly color: boolean;
} {
  const asked = Number(env.COLUMNS);
  const width = stdout.columns ?? (asked > 0 ? asked : Infinity);
  return { width, color: stdout.isTTY === true && !env.NO_COLOR };
}
