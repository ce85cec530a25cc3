import type { RandomStream } from '../random/random-stream.js';

/**
 * The numbers 0 to `count - 1` in random order (Fisher-Yates, from the end; Knuth, TAOCP 2, algorithm P).
 */
export function shuffledRows(count: number, random: RandomStream): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const kept = rows[last];
    rows[last] = rows[other];
    rows[other] = kept;
  }
  return rows;
}
