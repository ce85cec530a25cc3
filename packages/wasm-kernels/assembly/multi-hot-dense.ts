import { localMemory } from './local';
import { loadTail, storeTail } from './tail';
import { relu4 } from './simd';

/**
 * `out[r] = activation(sum of kernel[i] over the ones i of row r, plus bias)`. The indices are checked already.
 *
 * @param chosen Which rows of the matrix, a number for each row of `out`; 0 where they are the first ones.
 * @param kernel `[width, units]`.
 * @param bias `units` floats, or 0 for none.
 * @param out `[rows, units]`.
 * @param begin The first row, `end` the one behind the last.
 */
export function multiHotDense(
  indices: usize,
  offsets: usize,
  chosen: usize,
  kernel: usize,
  bias: usize,
  out: usize,
  units: i32,
  relu: i32,
  begin: i32,
  end: i32,
): void {
  const step = units << 2;
  for (let row = begin; row < end; row++) {
    const entry = entryOf(offsets, chosen, row);
    const from = indices + (<usize>load<i32>(entry) << 2);
    const to = indices + (<usize>load<i32>(entry, 4) << 2);
    if (row + 1 < end) touchRow(indices, entryOf(offsets, chosen, row + 1));
    const target = out + <usize>row * step;
    let unit = 0;
    for (; unit + 16 <= units; unit += 16) {
      const at = <usize>unit << 2;
      sumSixteen(from, to, kernel + at, step, bias ? bias + at : 0, target + at, relu);
    }
    for (; unit < units; unit += 4) {
      const at = <usize>unit << 2;
      sumFour(from, to, kernel + at, step, bias ? bias + at : 0, target + at, min(4, units - unit), relu);
    }
  }
}

/** Where the beginning and the end of a row are written. */
@inline
function entryOf(offsets: usize, chosen: usize, row: i32): usize {
  return offsets + (<usize>(chosen ? load<u32>(chosen + (<usize>row << 2)) : row) << 2);
}

/**
 * Reads from each cache line of a row, so that it comes while the row before is summed: the rows of a batch lie far apart,
 * and WebAssembly has no other way to fetch ahead.
 */
@inline
function touchRow(indices: usize, entry: usize): void {
  const stop = indices + (<usize>load<i32>(entry, 4) << 2);
  let sum = 0;
  for (let at = indices + (<usize>load<i32>(entry) << 2); at < stop; at += 64) sum += load<i32>(at);
  // So that the compiler does not leave it out.
  store<i32>(localMemory(), sum);
}

/** Two ones at a time: the sums then wait half as often for each other. */
@inline
function sumSixteen(from: usize, to: usize, kernel: usize, step: i32, bias: usize, out: usize, relu: i32): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; from + 8 <= to; from += 8) {
    const a = kernel + <usize>load<i32>(from) * step;
    const b = kernel + <usize>load<i32>(from, 4) * step;
    s0 = f32x4.add(s0, f32x4.add(v128.load(a), v128.load(b)));
    s1 = f32x4.add(s1, f32x4.add(v128.load(a, 16), v128.load(b, 16)));
    s2 = f32x4.add(s2, f32x4.add(v128.load(a, 32), v128.load(b, 32)));
    s3 = f32x4.add(s3, f32x4.add(v128.load(a, 48), v128.load(b, 48)));
  }
  if (from < to) {
    const a = kernel + <usize>load<i32>(from) * step;
    s0 = f32x4.add(s0, v128.load(a));
    s1 = f32x4.add(s1, v128.load(a, 16));
    s2 = f32x4.add(s2, v128.load(a, 32));
    s3 = f32x4.add(s3, v128.load(a, 48));
  }
  if (bias) {
    s0 = f32x4.add(s0, v128.load(bias));
    s1 = f32x4.add(s1, v128.load(bias, 16));
    s2 = f32x4.add(s2, v128.load(bias, 32));
    s3 = f32x4.add(s3, v128.load(bias, 48));
  }
  if (relu) {
    s0 = relu4(s0);
    s1 = relu4(s1);
    s2 = relu4(s2);
    s3 = relu4(s3);
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

/** One to four units; in the same order of summation as sixteen. */
function sumFour(
  from: usize,
  to: usize,
  kernel: usize,
  step: i32,
  bias: usize,
  out: usize,
  count: i32,
  relu: i32,
): void {
  let sum = f32x4.splat(0);
  if (count == 4) {
    for (; from + 8 <= to; from += 8) {
      const a = v128.load(kernel + <usize>load<i32>(from) * step);
      const b = v128.load(kernel + <usize>load<i32>(from, 4) * step);
      sum = f32x4.add(sum, f32x4.add(a, b));
    }
    if (from < to) sum = f32x4.add(sum, v128.load(kernel + <usize>load<i32>(from) * step));
    if (bias) sum = f32x4.add(sum, v128.load(bias));
    v128.store(out, relu ? relu4(sum) : sum);
    return;
  }
  for (; from + 8 <= to; from += 8) {
    const a = loadTail(kernel + <usize>load<i32>(from) * step, count);
    const b = loadTail(kernel + <usize>load<i32>(from, 4) * step, count);
    sum = f32x4.add(sum, f32x4.add(a, b));
  }
  if (from < to) sum = f32x4.add(sum, loadTail(kernel + <usize>load<i32>(from) * step, count));
  if (bias) sum = f32x4.add(sum, loadTail(bias, count));
  storeTail(out, relu ? relu4(sum) : sum, count);
}
