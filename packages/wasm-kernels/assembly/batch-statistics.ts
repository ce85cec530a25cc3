import { loadTail, storeTail } from './tail';

/**
 * What the moments of each channel follow from, for the rows of one chunk: about a center `c` near the mean, the sums of
 * `x - c` and of its square. A chunk lies in the nearest cache, so that going over it twice costs little; the chunks are
 * put together by {@link batchMoments}.
 *
 * @param x `[rows, channels]`.
 * @param sums `[chunks, 3, channels]`: centers, sums and sums of squares.
 * @param rowsAChunk Depends on nothing but the shape.
 * @param begin The first chunk, `end` the one behind the last.
 */
export function batchSums(
  x: usize,
  sums: usize,
  rows: i32,
  channels: i32,
  rowsAChunk: i32,
  begin: i32,
  end: i32,
): void {
  const step = <usize>channels << 2;
  for (let chunk = begin; chunk < end; chunk++) {
    const first = chunk * rowsAChunk;
    const count = min(rowsAChunk, rows - first);
    const from = x + <usize>first * step;
    const to = sums + <usize>(3 * chunk) * step;
    let at: usize = 0;
    for (; at + 32 <= step; at += 32) sumEight(from + at, step, count, to + at);
    for (; at < step; at += 16) sumFour(from + at, step, count, to + at, <i32>min(4, (step - at) >> 2));
  }
}

@inline
function sumEight(from: usize, step: usize, rows: i32, to: usize): void {
  const stop = from + <usize>rows * step;
  let a = f32x4.splat(0);
  let b = a;
  for (let at = from; at < stop; at += step) {
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at, 16));
  }
  const share = f32x4.splat(1 / <f32>rows);
  a = f32x4.mul(a, share);
  b = f32x4.mul(b, share);
  let c = f32x4.splat(0);
  let d = c;
  let p = c;
  let q = c;
  for (let at = from; at < stop; at += step) {
    const x = f32x4.sub(v128.load(at), a);
    const y = f32x4.sub(v128.load(at, 16), b);
    c = f32x4.add(c, x);
    d = f32x4.add(d, y);
    p = f32x4.add(p, f32x4.mul(x, x));
    q = f32x4.add(q, f32x4.mul(y, y));
  }
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to + step, c);
  v128.store(to + step, d, 16);
  v128.store(to + 2 * step, p);
  v128.store(to + 2 * step, q, 16);
}

/** One to four channels. */
function sumFour(from: usize, step: usize, rows: i32, to: usize, count: i32): void {
  const stop = from + <usize>rows * step;
  let a = f32x4.splat(0);
  for (let at = from; at < stop; at += step) {
    a = f32x4.add(a, count == 4 ? v128.load(at) : loadTail(at, count));
  }
  a = f32x4.mul(a, f32x4.splat(1 / <f32>rows));
  let c = f32x4.splat(0);
  let p = c;
  for (let at = from; at < stop; at += step) {
    const x = f32x4.sub(count == 4 ? v128.load(at) : loadTail(at, count), a);
    c = f32x4.add(c, x);
    p = f32x4.add(p, f32x4.mul(x, x));
  }
  if (count == 4) {
    v128.store(to, a);
    v128.store(to + step, c);
    v128.store(to + 2 * step, p);
  } else {
    storeTail(to, a, count);
    storeTail(to + step, c, count);
    storeTail(to + 2 * step, p, count);
  }
}

/**
 * Mean and biased variance of each channel from the sums of the chunks, in 64 bits. Nothing large is subtracted from
 * anything large: within a chunk by the corrected two-pass algorithm, and about the mean of all by adding, for each
 * chunk, its rows times the square of the difference of the means (Chan, Golub and LeVeque, "Algorithms for computing
 * the sample variance", 1983).
 */
export function batchMoments(
  sums: usize,
  rows: i32,
  channels: i32,
  rowsAChunk: i32,
  mean: usize,
  variance: usize,
): void {
  const step = <usize>channels << 2;
  for (let offset: usize = 0; offset < step; offset += 4) {
    let total: f64 = 0;
    let at = sums + offset;
    for (let first = 0; first < rows; first += rowsAChunk) {
      total += <f64>load<f32>(at) * <f64>min(rowsAChunk, rows - first) + <f64>load<f32>(at + step);
      at += 3 * step;
    }
    const center = total / <f64>rows;
    let squares: f64 = 0;
    at = sums + offset;
    for (let first = 0; first < rows; first += rowsAChunk) {
      const count = <f64>min(rowsAChunk, rows - first);
      const distance = <f64>load<f32>(at) - center;
      // The sum of (x - c + distance)^2.
      squares +=
        <f64>load<f32>(at + 2 * step) + distance * (2 * <f64>load<f32>(at + step) + count * distance);
      at += 3 * step;
    }
    store<f32>(mean + offset, <f32>center);
    // By rounding it may be below 0 where all values are alike; NaN stays NaN.
    store<f32>(variance + offset, squares < 0 ? 0 : <f32>(squares / <f64>rows));
  }
}
