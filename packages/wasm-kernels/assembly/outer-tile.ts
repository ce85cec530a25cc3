import { storePart } from './row-tile';
import { multiplyAdd } from './simd';

/**
 * Four by eight elements of a sum of outer products, held in registers: over `planes` times `rows` times `columns`
 * places, the sum of four floats at one place by eight floats at another. So a convolution's gradient by its filter
 * needs no copy of the image.
 *
 * Reads up to 12 bytes behind the last of `a` and 28 behind the last of `b`: malloc keeps more than that at the end of
 * the heap for itself.
 *
 * @param a Address of the first four floats; the steps are in bytes, from place to place, row to row, plane to plane.
 * @param out Where the first row goes; rows follow `outStep` bytes apart.
 * @param m 1 to 4: how many rows to write.
 * @param n 1 to 8: how many columns to write.
 * @param add Whether to add to what is there.
 */
export function outerTile(
  a: usize,
  aStep: i32,
  aRowStep: i32,
  aPlaneStep: i32,
  b: usize,
  bStep: i32,
  bRowStep: i32,
  bPlaneStep: i32,
  columns: i32,
  rows: i32,
  planes: i32,
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
  for (let plane = 0; plane < planes; plane++) {
    let aRow = a;
    let bRow = b;
    for (let row = 0; row < rows; row++) {
      let x = aRow;
      let y = bRow;
      for (const end = y + <usize>columns * bStep; y < end; ) {
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
        x += aStep;
        y += bStep;
      }
      aRow += aRowStep;
      bRow += bRowStep;
    }
    a += aPlaneStep;
    b += bPlaneStep;
  }
  storeRow(out, s0, t0, n, add, spare);
  if (m > 1) storeRow(out + outStep, s1, t1, n, add, spare);
  if (m > 2) storeRow(out + 2 * outStep, s2, t2, n, add, spare);
  if (m > 3) storeRow(out + 3 * outStep, s3, t3, n, add, spare);
}

@inline
export function storeRow(out: usize, low: v128, high: v128, n: i32, add: i32, spare: usize): void {
  if (n == 8) {
    if (add) {
      low = f32x4.add(low, v128.load(out));
      high = f32x4.add(high, v128.load(out, 16));
    }
    v128.store(out, low);
    v128.store(out, high, 16);
  } else {
    storePartOfSum(out, low, high, n, add, spare);
  }
}

function storePartOfSum(out: usize, low: v128, high: v128, n: i32, add: i32, spare: usize): void {
  if (add) {
    memory.copy(spare, out, <usize>n << 2);
    low = f32x4.add(low, v128.load(spare));
    high = f32x4.add(high, v128.load(spare, 16));
  }
  storePart(out, low, high, n, spare);
}
