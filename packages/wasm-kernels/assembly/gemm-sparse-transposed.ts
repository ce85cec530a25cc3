import { ROWS_A_BLOCK } from './gemm-transposed';
import { localMemory } from './local';
import { storeRow } from './outer-tile';
import { multiplyAdd } from './simd';

/**
 * `c = transpose(a) . b` where most of `a` is 0: the rounding of `gemmTransposed`, without the rows of `a` that have four
 * zeros where a tile needs them. Right where `b` is finite.
 *
 * @param a `[k, m]`, row-major, as `b` `[k, n]` and `c` `[m, n]`.
 * @param begin The first tile of four rows of `c`, `end` the one behind the last.
 */
export function gemmSparseTransposed(
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
  const list = spare + 32;
  const aStep = m << 2;
  const bStep = n << 2;
  for (let first = 0; first < k; first += ROWS_A_BLOCK) {
    const rows = min(ROWS_A_BLOCK, k - first);
    const bBlock = b + <usize>first * bStep;
    for (let tile = begin; tile < end; tile++) {
      const row = tile << 2;
      const from = a + <usize>first * aStep + (<usize>row << 2);
      const out = c + <usize>row * bStep;
      const height = min(4, m - row);
      const listEnd = listRows(from, aStep, rows, height, bStep, list);
      // Nothing to add changes nothing.
      if (first > 0 && list == listEnd) continue;
      for (let column = 0; column < n; column += 8) {
        const at = <usize>column << 2;
        listedTile(list, listEnd, from, bBlock + at, out + at, bStep, height, min(8, n - column), first, spare);
      }
    }
  }
}

/**
 * Lists the rows that are not 0 in all of `width` columns: their offsets in `a` and in `b`. Without a branch, which would
 * be predicted wrongly too often.
 */
@inline
function listRows(from: usize, aStep: i32, rows: i32, width: i32, bStep: i32, to: usize): usize {
  const zero = f32x4.splat(0);
  // Beyond the last column lies the next row.
  const mask = (1 << width) - 1;
  let aAt = 0;
  let bAt = 0;
  for (let row = 0; row < rows; row++) {
    store<i32>(to, aAt);
    store<i32>(to, bAt, 4);
    if (i32x4.bitmask(f32x4.ne(v128.load(from + <usize>aAt), zero)) & mask) to += 8;
    aAt += aStep;
    bAt += bStep;
  }
  return to;
}

/** `outerTile` over the rows of a list. */
function listedTile(
  list: usize,
  listEnd: usize,
  a: usize,
  b: usize,
  out: usize,
  outStep: i32,
  m: i32,
  n: i32,
  add: i32,
  spare: usize,
): void {
  let s0 = f32x4.splat(0);
  let t0 = s0;
  let s1 = s0;
  let t1 = s0;
  let s2 = s0;
  let t2 = s0;
  let s3 = s0;
  let t3 = s0;
  for (; list < listEnd; list += 8) {
    const x = a + <usize>load<u32>(list);
    const y = b + <usize>load<u32>(list, 4);
    const b0 = v128.load(y);
    const b1 = v128.load(y, 16);
    const x0 = v128.load32_splat(x);
    s0 = multiplyAdd(x0, b0, s0);
    t0 = multiplyAdd(x0, b1, t0);
    const x1 = v128.load32_splat(x, 4);
    s1 = multiplyAdd(x1, b0, s1);
    t1 = multiplyAdd(x1, b1, t1);
    const x2 = v128.load32_splat(x, 8);
    s2 = multiplyAdd(x2, b0, s2);
    t2 = multiplyAdd(x2, b1, t2);
    const x3 = v128.load32_splat(x, 12);
    s3 = multiplyAdd(x3, b0, s3);
    t3 = multiplyAdd(x3, b1, t3);
  }
  storeRow(out, s0, t0, n, add, spare);
  if (m > 1) storeRow(out + outStep, s1, t1, n, add, spare);
  if (m > 2) storeRow(out + 2 * outStep, s2, t2, n, add, spare);
  if (m > 3) storeRow(out + 3 * outStep, s3, t3, n, add, spare);
}
