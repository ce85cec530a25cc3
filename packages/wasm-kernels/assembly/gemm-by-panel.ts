import { localMemory } from './local';
import { packPanels } from './pack-panels';
import { rowTile } from './row-tile';

/** Bytes before the packed panels: a table and a spare row. */
const BEFORE_PANELS: i32 = 64;

/** Panels that are packed together: 16 columns are a cache line of a row. */
const PANELS_A_GRAIN: i32 = 2;

/**
 * What `packPanels` and `gemm` compute, with the same bits, for few rows: panels of `b` are packed where this thread
 * finds them again at once, and each is used for all rows. Many rows would have to be fetched again for every panel.
 *
 * @param a `[m, k]`, rows `aStep` bytes apart.
 * @param b `[k, n]`; `kStep` and `nStep` are the bytes from one to the next of either axis.
 * @param bias `n` floats, or 0 for none.
 * @param c `[m, n]`, row-major.
 * @param k At most 16,000: two panels have to fit into the local memory.
 * @param begin The first two panels of eight columns, `end` those behind the last.
 */
export function gemmByPanel(
  a: usize,
  aStep: i32,
  b: usize,
  kStep: i32,
  nStep: i32,
  bias: usize,
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
  const last = m - 1;
  const panels = (n + 7) >> 3;
  for (let grain = begin; grain < end; grain++) {
    const first = grain * PANELS_A_GRAIN;
    const behind = min(panels, first + PANELS_A_GRAIN);
    let packed = table + BEFORE_PANELS;
    // It writes a panel to its place among all.
    packPanels(b, kStep, nStep, k, n, bias, packed - <usize>first * panelBytes, first, behind);
    for (let panel = first; panel < behind; panel++) {
      const column = panel << 3;
      const columns = min(8, n - column);
      for (let row = 0; row < m; row += 4) {
        for (let i = 0; i < 4; i++) {
          store<u32>(table + (<usize>i << 2), <u32>(a + <usize>min(row + i, last) * aStep));
        }
        const out = c + <usize>row * cStep + (<usize>column << 2);
        rowTile(table, 1, k, packed, out, cStep, min(4, m - row), columns, relu, spare);
      }
      packed += panelBytes;
    }
  }
}
