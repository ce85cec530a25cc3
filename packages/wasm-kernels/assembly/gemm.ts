import { localMemory } from './local';
import { rowTile } from './row-tile';
import { touch } from './touch';

/** Tiles of four rows that share a panel while it is in the nearest cache. */
const TILES_A_BLOCK: i32 = 16;

/**
 * `c = a . b + bias`, with relu where asked: the rows of `a` lie contiguous, `b` is packed by `packPanels`.
 *
 * @param a `[m, k]`, rows `aStep` bytes apart.
 * @param packed `[k, n]` in panels, with the bias.
 * @param c `[m, n]`, row-major.
 * @param begin The first tile of four rows, `end` the one behind the last.
 */
export function gemm(
  a: usize,
  aStep: i32,
  packed: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  relu: i32,
  begin: i32,
  end: i32,
): void {
  const table = localMemory();
  const spare = table + 16;
  const panelBytes = <usize>(k + 1) << 5;
  const cStep = n << 2;
  for (let block = begin; block < end; block += TILES_A_BLOCK) {
    const blockEnd = min(end, block + TILES_A_BLOCK);
    let panel = packed;
    touch(a + <usize>(block << 2) * aStep, aStep, min(m, blockEnd << 2) - (block << 2), k << 2, spare);
    for (let column = 0; column < n; column += 8) {
      const columns = min(8, n - column);
      for (let tile = block; tile < blockEnd; tile++) {
        const row = tile << 2;
        const last = m - 1;
        for (let i = 0; i < 4; i++) {
          store<u32>(table + (<usize>i << 2), <u32>(a + <usize>min(row + i, last) * aStep));
        }
        const out = c + <usize>row * cStep + (<usize>column << 2);
        rowTile(table, 1, k, panel, out, cStep, min(4, m - row), columns, relu, spare);
      }
      panel += panelBytes;
    }
  }
}
