import { exp4 } from './exp';
import { log4 } from './log';
import { takeRest, WHOLE } from './ranges';
import { storeSlope, storeSlopes } from './tiny';

/** Rows of a softmax that are divided among threads in one piece. */
const ROWS_A_GRAIN: i32 = 64;

/**
 * Cross-entropy of softmax, `-sum(y log softmax(z))` over rows and columns, and `slopes = (softmax(z) - y) / rows`.
 *
 * @param z `[rows, columns]`, as `slopes`.
 * @param y As `z`, or, where `sparse`, one class number per row: a number that is no class makes the sum NaN.
 * @param sums A float64 for each grain of 64 rows.
 */
export function softmaxCrossEntropy(
  z: usize,
  y: usize,
  sparse: i32,
  slopes: usize,
  sums: usize,
  rows: i32,
  columns: i32,
  begin: i32,
  end: i32,
): void {
  const step = <usize>columns << 2;
  const factor = <f32>(1.0 / <f64>rows);
  for (let grain = begin; grain < end; grain++) {
    let total: f64 = 0;
    const last = min(rows, (grain + 1) * ROWS_A_GRAIN);
    for (let row = grain * ROWS_A_GRAIN; row < last; row++) {
      const from = z + <usize>row * step;
      const to = slopes + <usize>row * step;
      const most = largest(from, step);
      const sum = exponentials(from, to, step, most);
      const logSum = f32x4.extract_lane(log4(f32x4.splat(sum)), 0);
      if (sparse) {
        total += sparseRow(from, to, step, load<f32>(y + (<usize>row << 2)), most, sum, logSum, factor);
      } else {
        total += denseRow(from, to, step, y + <usize>row * step, most, sum, logSum, factor);
      }
    }
    store<f64>(sums + (<usize>grain << 3), total);
  }
}

/** The largest of `bytes / 4` floats; NaN where one is. */
function largest(from: usize, bytes: usize): f32 {
  let most = f32x4.splat(-Infinity);
  let at: usize = 0;
  for (; at < (bytes & WHOLE); at += 16) most = f32x4.max(most, v128.load(from + at));
  let result = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (; at < bytes; at += 4) result = max(result, load<f32>(from + at));
  return result;
}

/** Writes `exp(z - most)`; their sum. */
function exponentials(from: usize, to: usize, bytes: usize, most: f32): f32 {
  const shift = f32x4.splat(most);
  let sum = f32x4.splat(0);
  let at: usize = 0;
  for (; at < (bytes & WHOLE); at += 16) {
    const value = exp4(f32x4.sub(v128.load(from + at), shift));
    v128.store(to + at, value);
    sum = f32x4.add(sum, value);
  }
  let result = sumOfLanes(sum);
  if (at < bytes) {
    const rest = bytes - at;
    const spare = takeRest(rest, from + at);
    v128.store(spare, exp4(f32x4.sub(v128.load(spare), shift)));
    memory.copy(to + at, spare, rest);
    for (; at < bytes; at += 4) result += load<f32>(to + at);
  }
  return result;
}

/** The loss of a row with one class; turns the exponentials at `to` into slopes. */
function sparseRow(
  from: usize,
  to: usize,
  bytes: usize,
  id: f32,
  most: f32,
  sum: f32,
  logSum: f32,
  factor: f32,
): f64 {
  const sums = f32x4.splat(sum);
  const factors = f32x4.splat(factor);
  const shift = f32x4.splat(most);
  // 0, or NaN where a logit is infinite: as it is where the other classes count with the weight 0.
  let nothing = f32x4.splat(0);
  let at: usize = 0;
  for (; at < (bytes & WHOLE); at += 16) {
    storeSlopes(to + at, f32x4.mul(f32x4.div(v128.load(to + at), sums), factors));
    nothing = f32x4.add(nothing, f32x4.mul(f32x4.sub(v128.load(from + at), shift), f32x4.splat(0)));
  }
  let zero = sumOfLanes(nothing);
  for (; at < bytes; at += 4) {
    storeSlope(to + at, (load<f32>(to + at) / sum) * factor);
    zero += (load<f32>(from + at) - most) * 0;
  }
  // Whoever calls has checked it; this only keeps a mistake from reaching other memory.
  if (!(id >= 0 && id < <f32>(bytes >> 2))) return NaN;
  const column = <usize>id << 2;
  const share = exponentialOf(load<f32>(from + column) - most) / sum;
  store<f32>(to + column, (share - 1) * factor);
  const loss = logSum - (load<f32>(from + column) - most);
  return <f64>(loss == Infinity ? loss : loss + zero);
}

function exponentialOf(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** The loss of a row with a weight for each class; turns the exponentials at `to` into slopes. */
function denseRow(
  from: usize,
  to: usize,
  bytes: usize,
  y: usize,
  most: f32,
  sum: f32,
  logSum: f32,
  factor: f32,
): f64 {
  const sums = f32x4.splat(sum);
  const logSums = f32x4.splat(logSum);
  const factors = f32x4.splat(factor);
  const shift = f32x4.splat(most);
  let total = f32x4.splat(0);
  let at: usize = 0;
  for (; at < (bytes & WHOLE); at += 16) {
    const weight = v128.load(y + at);
    const logarithm = f32x4.sub(f32x4.sub(v128.load(from + at), shift), logSums);
    total = f32x4.sub(total, f32x4.mul(weight, logarithm));
    storeSlopes(to + at, f32x4.mul(f32x4.sub(f32x4.div(v128.load(to + at), sums), weight), factors));
  }
  let result = <f64>sumOfLanes(total);
  for (; at < bytes; at += 4) {
    const weight = load<f32>(y + at);
    result -= <f64>(weight * (load<f32>(from + at) - most - logSum));
    storeSlope(to + at, (load<f32>(to + at) / sum - weight) * factor);
  }
  return result;
}

/** In one fixed order. */
@inline
function sumOfLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}
