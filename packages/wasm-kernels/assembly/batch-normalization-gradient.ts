import { loadTail, storeTail } from './tail';

/**
 * For each chunk and channel the sums of `dy`, and of `dy (x - mean)`.
 *
 * @param sums `[chunks, 2, channels]`.
 * @param begin The first chunk, `end` the one behind the last.
 */
export function batchGradientSums(
  dy: usize,
  x: usize,
  mean: usize,
  sums: usize,
  rows: i32,
  channels: i32,
  rowsAChunk: i32,
  begin: i32,
  end: i32,
): void {
  const step = <usize>channels << 2;
  const whole = step & ~15;
  for (let chunk = begin; chunk < end; chunk++) {
    const first = chunk * rowsAChunk;
    const count = min(rowsAChunk, rows - first);
    const start = <usize>first * step;
    const to = sums + (<usize>chunk << 1) * step;
    let at: usize = 0;
    for (; at < whole; at += 16) {
      sumFour(dy + start + at, x + start + at, step, count, v128.load(mean + at), to + at, to + step + at, 4);
    }
    if (at < step) {
      const rest = channels & 3;
      sumFour(dy + start + at, x + start + at, step, count, loadTail(mean + at, rest), to + at, to + step + at, rest);
    }
  }
}

@inline
function sumFour(
  dy: usize,
  x: usize,
  step: usize,
  rows: i32,
  mean: v128,
  sum: usize,
  products: usize,
  count: i32,
): void {
  let a = f32x4.splat(0);
  let p = a;
  for (const stop = dy + <usize>rows * step; dy < stop; dy += step) {
    const slope = count == 4 ? v128.load(dy) : loadTail(dy, count);
    const value = count == 4 ? v128.load(x) : loadTail(x, count);
    a = f32x4.add(a, slope);
    p = f32x4.add(p, f32x4.mul(slope, f32x4.sub(value, mean)));
    x += step;
  }
  if (count == 4) {
    v128.store(sum, a);
    v128.store(products, p);
  } else {
    storeTail(sum, a, count);
    storeTail(products, p, count);
  }
}

/**
 * Puts the sums of the chunks together, in 64 bits: the gradients by gamma and beta, and for each channel the three
 * factors of {@link batchInputGradient}.
 *
 * @param factors `[3, channels]`.
 */
export function batchGradientFactors(
  sums: usize,
  chunks: i32,
  rows: i32,
  channels: i32,
  variance: usize,
  gamma: usize,
  epsilon: f32,
  dGamma: usize,
  dBeta: usize,
  factors: usize,
): void {
  const step = <usize>channels << 2;
  for (let offset: usize = 0; offset < step; offset += 4) {
    let slopes: f64 = 0;
    let products: f64 = 0;
    let at = sums + offset;
    for (let chunk = 0; chunk < chunks; chunk++) {
      slopes += <f64>load<f32>(at);
      products += <f64>load<f32>(at + step);
      at += step << 1;
    }
    const inverse: f64 = 1.0 / sqrt<f64>(<f64>load<f32>(variance + offset) + <f64>epsilon);
    const scale = inverse * <f64>load<f32>(gamma + offset);
    store<f32>(dGamma + offset, <f32>(products * inverse));
    store<f32>(dBeta + offset, <f32>slopes);
    store<f32>(factors + offset, <f32>scale);
    store<f32>(factors + step + offset, <f32>(-scale * inverse * inverse * products / rows));
    store<f32>(factors + 2 * step + offset, <f32>(-scale * slopes / rows));
  }
}

/**
 * The gradient by the input, per channel a linear function of `dy` and of the centered input:
 * `dx = f0 dy + f1 (x - mean) + f2`.
 *
 * @param factors `[3, channels]`.
 * @param begin The first chunk, `end` the one behind the last.
 */
export function batchInputGradient(
  dy: usize,
  x: usize,
  mean: usize,
  factors: usize,
  dx: usize,
  rows: i32,
  channels: i32,
  rowsAChunk: i32,
  begin: i32,
  end: i32,
): void {
  const step = <usize>channels << 2;
  const whole = step & ~15;
  const second = factors + step;
  const third = second + step;
  const last = min(rows, end * rowsAChunk);
  let offset = <usize>(begin * rowsAChunk) * step;
  for (let row = begin * rowsAChunk; row < last; row++) {
    for (let at: usize = 0; at < whole; at += 16) {
      const centered = f32x4.sub(v128.load(x + offset + at), v128.load(mean + at));
      const direct = f32x4.mul(v128.load(dy + offset + at), v128.load(factors + at));
      const both = f32x4.add(direct, f32x4.mul(centered, v128.load(second + at)));
      v128.store(dx + offset + at, f32x4.add(both, v128.load(third + at)));
    }
    for (let at = whole; at < step; at += 4) {
      const centered = load<f32>(x + offset + at) - load<f32>(mean + at);
      const direct = load<f32>(dy + offset + at) * load<f32>(factors + at);
      store<f32>(dx + offset + at, direct + centered * load<f32>(second + at) + load<f32>(third + at));
    }
    offset += step;
  }
}
