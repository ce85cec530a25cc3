import { localMemory } from './local';
import { outerTile } from './outer-tile';
import { touch } from './touch';

/** Rows of the two factors that are multiplied before the sums are written. */
export const ROWS_A_BLOCK: i32 = 64;

/**
 * `c = transpose(a) . b`, the gradient by the kernel of a dense layer; both factors row-major.
 *
 * @param a `[k, m]`.
 * @param b `[k, n]`.
 * @param c `[m, n]`.
 * @param begin The first tile of four rows of `c`, `end` the one behind the last.
 */
export function gemmTransposed(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  begin: i32,
  end: i32,
): void {
  const spare = localMemory();
  const aStep = m << 2;
  const bStep = n << 2;
  if (k == 0) memory.fill(c + <usize>(begin << 2) * bStep, 0, <usize>(min(m, end << 2) - (begin << 2)) * bStep);
  for (let first = 0; first < k; first += ROWS_A_BLOCK) {
    const rows = min(ROWS_A_BLOCK, k - first);
    const aBlock = a + <usize>first * aStep;
    const bBlock = b + <usize>first * bStep;
    touch(aBlock + <usize>(begin << 4), aStep, rows, (min(m, end << 2) - (begin << 2)) << 2, spare);
    for (let tile = begin; tile < end; tile++) {
      const row = tile << 2;
      const out = c + <usize>row * bStep;
      for (let column = 0; column < n; column += 8) {
        const at = <usize>column << 2;
        outerTile(
          aBlock + (<usize>row << 2), aStep, 0, 0,
          bBlock + at, bStep, 0, 0,
          rows, 1, 1,
          out + at, bStep, min(4, m - row), min(8, n - column), first, spare,
        );
      }
    }
  }
}
