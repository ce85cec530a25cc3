import { multiplyAdd, relu4 } from './simd';

/**
 * Four rows by eight columns of a product, the sums held in registers.
 *
 * A row of the left factor is a sequence of `taps` runs of `run` floats each, so that a convolution can point into the
 * image and needs no copy of its windows. The right factor is packed: see `packPanels`.
 *
 * Not unrolled, and no larger than this: V8 has 15 vector registers and moves all loads of a loop body to its start;
 * eight sums and six loads just fit.
 *
 * @param table `taps` times four addresses, of the runs of the four rows.
 * @param panel The eight values that the sums start from, then eight values of the right factor for each float.
 * @param out Where the first row goes; rows follow `outStep` bytes apart.
 * @param rows 1 to 4: how many rows to write.
 * @param columns 1 to 8: how many columns to write.
 * @param spare Eight floats of memory that are free to overwrite.
 */
export function rowTile(
  table: usize,
  taps: i32,
  run: i32,
  panel: usize,
  out: usize,
  outStep: i32,
  rows: i32,
  columns: i32,
  relu: i32,
  spare: usize,
): void {
  let s0 = v128.load(panel);
  let t0 = v128.load(panel, 16);
  let s1 = s0;
  let t1 = t0;
  let s2 = s0;
  let t2 = t0;
  let s3 = s0;
  let t3 = t0;
  let b = panel + 32;
  const bytes: usize = <usize>run << 2;
  for (const tableEnd = table + (<usize>taps << 4); table < tableEnd; table += 16) {
    let a0 = <usize>load<u32>(table);
    let a1 = <usize>load<u32>(table, 4);
    let a2 = <usize>load<u32>(table, 8);
    let a3 = <usize>load<u32>(table, 12);
    for (const end = a0 + bytes; a0 < end; ) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const x0 = v128.load32_splat(a0);
      s0 = multiplyAdd(x0, b0, s0);
      t0 = multiplyAdd(x0, b1, t0);
      const x1 = v128.load32_splat(a1);
      s1 = multiplyAdd(x1, b0, s1);
      t1 = multiplyAdd(x1, b1, t1);
      const x2 = v128.load32_splat(a2);
      s2 = multiplyAdd(x2, b0, s2);
      t2 = multiplyAdd(x2, b1, t2);
      const x3 = v128.load32_splat(a3);
      s3 = multiplyAdd(x3, b0, s3);
      t3 = multiplyAdd(x3, b1, t3);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      b += 32;
    }
  }
  if (relu) {
    s0 = relu4(s0);
    t0 = relu4(t0);
    s1 = relu4(s1);
    t1 = relu4(t1);
    s2 = relu4(s2);
    t2 = relu4(t2);
    s3 = relu4(s3);
    t3 = relu4(t3);
  }
  if (columns == 8) {
    v128.store(out, s0);
    v128.store(out, t0, 16);
    if (rows > 1) {
      v128.store(out + outStep, s1);
      v128.store(out + outStep, t1, 16);
    }
    if (rows > 2) {
      v128.store(out + 2 * outStep, s2);
      v128.store(out + 2 * outStep, t2, 16);
    }
    if (rows > 3) {
      v128.store(out + 3 * outStep, s3);
      v128.store(out + 3 * outStep, t3, 16);
    }
    return;
  }
  storePart(out, s0, t0, columns, spare);
  if (rows > 1) storePart(out + outStep, s1, t1, columns, spare);
  if (rows > 2) storePart(out + 2 * outStep, s2, t2, columns, spare);
  if (rows > 3) storePart(out + 3 * outStep, s3, t3, columns, spare);
}

/** Writes the first `columns` of eight floats. */
export function storePart(out: usize, low: v128, high: v128, columns: i32, spare: usize): void {
  v128.store(spare, low);
  v128.store(spare, high, 16);
  memory.copy(out, spare, <usize>columns << 2);
}
