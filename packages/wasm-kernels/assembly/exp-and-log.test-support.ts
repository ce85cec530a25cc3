import { exp4 } from './exp';
import { log4 } from './log';

/** Replaces floats by their exponentials; only for tests, which compile this file by itself. */
export function expAll(x: usize, size: i32): void {
  for (const stop = x + (<usize>size << 2); x < stop; x += 16) v128.store(x, exp4(v128.load(x)));
}

/** Replaces floats by their logarithms. */
export function logAll(x: usize, size: i32): void {
  for (const stop = x + (<usize>size << 2); x < stop; x += 16) v128.store(x, log4(v128.load(x)));
}
