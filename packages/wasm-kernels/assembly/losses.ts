/*
 * Losses of logits with their slopes, the derivatives by the logits, in one pass. Each grain has its own sum, in float64,
 * so that neither the mean nor its last bits depend on how the rows are divided.
 */
import { exp4 } from './exp';
import { log4 } from './log';
import { giveRest, startOf, stopOf, takeRest, WHOLE } from './ranges';
import { dropTiny4, TINY_SLOPE } from './tiny';

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
    store4(to + at, f32x4.mul(f32x4.div(v128.load(to + at), sums), factors));
    nothing = f32x4.add(nothing, f32x4.mul(f32x4.sub(v128.load(from + at), shift), f32x4.splat(0)));
  }
  let zero = sumOfLanes(nothing);
  for (; at < bytes; at += 4) {
    store1(to + at, (load<f32>(to + at) / sum) * factor);
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
    store4(to + at, f32x4.mul(f32x4.sub(f32x4.div(v128.load(to + at), sums), weight), factors));
  }
  let result = <f64>sumOfLanes(total);
  for (; at < bytes; at += 4) {
    const weight = load<f32>(y + at);
    result -= <f64>(weight * (load<f32>(from + at) - most - logSum));
    store1(to + at, (load<f32>(to + at) / sum - weight) * factor);
  }
  return result;
}

/** Writes slopes; the tiny ones, of a network that is sure, as 0. */
// @ts-ignore: decorator
@inline
function store4(to: usize, slopes: v128): void {
  v128.store(to, dropTiny4(slopes, f32x4.splat(TINY_SLOPE)));
}

// @ts-ignore: decorator
@inline
function store1(to: usize, slope: f32): void {
  store<f32>(to, abs(slope) < TINY_SLOPE ? 0 : slope);
}

/** In one fixed order. */
// @ts-ignore: decorator
@inline
function sumOfLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/**
 * Cross-entropy of sigmoids, the sum of `max(z, 0) - z y + log(1 + exp(-|z|))`, and `slopes = (sigmoid(z) - y) / size`.
 *
 * @param sums A float64 for each grain of 1024 elements.
 */
export function binaryCrossEntropy(
  z: usize,
  y: usize,
  slopes: usize,
  sums: usize,
  size: i32,
  factor: f32,
  begin: i32,
  end: i32,
): void {
  const factors = f32x4.splat(factor);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let grain = begin; grain < end; grain++) {
    let total = f64x2.splat(0);
    const stop = stopOf(grain + 1, size);
    for (let at = startOf(grain); at < (stop & WHOLE); at += 16) {
      const logit = v128.load(z + at);
      const target = v128.load(y + at);
      const t = exp4(f32x4.neg(f32x4.abs(logit)));
      const above = f32x4.sub(f32x4.max(logit, zero), f32x4.mul(logit, target));
      total = addWide(total, f32x4.add(above, log1p(t)));
      const share = f32x4.div(v128.bitselect(one, t, f32x4.ge(logit, zero)), f32x4.add(one, t));
      store4(slopes + at, f32x4.mul(f32x4.sub(share, target), factors));
    }
    let result = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
    const rest = stop & ~WHOLE;
    if (rest) {
      const at = stop - rest;
      const spare = takeRest(rest, z + at, y + at);
      padWithCertainty(spare, rest);
      binaryCrossEntropy(spare, spare + 16, spare, spare + 32, 4, factor, 0, 1);
      giveRest(spare, rest, slopes + at);
      result += load<f64>(spare + 32);
    }
    store<f64>(sums + (<usize>grain << 3), result);
  }
}

/** Makes the lanes of `z` and `y` behind the rest such as have no loss at all: a logit of -1000 where 0 is wanted. */
function padWithCertainty(spare: usize, bytes: usize): void {
  for (; bytes < 16; bytes += 4) store<f32>(spare + bytes, -1000);
}

/** `log(1 + t)` for `t` from 0 to 1, also where `1 + t` rounds: Kahan's correction by what the sum really holds. */
// @ts-ignore: decorator
@inline
function log1p(t: v128): v128 {
  const one = f32x4.splat(1);
  const sum = f32x4.add(one, t);
  const corrected = f32x4.mul(log4(sum), f32x4.div(t, f32x4.sub(sum, one)));
  return v128.bitselect(t, corrected, f32x4.eq(sum, one));
}

/**
 * Squared error, the sum of `(z - y)^2`, and `slopes = 2 (z - y) / size`.
 *
 * @param sums A float64 for each grain of 1024 elements.
 */
export function squaredError(
  z: usize,
  y: usize,
  slopes: usize,
  sums: usize,
  size: i32,
  factor: f32,
  begin: i32,
  end: i32,
): void {
  const factors = f32x4.splat(factor);
  for (let grain = begin; grain < end; grain++) {
    let total = f64x2.splat(0);
    const stop = stopOf(grain + 1, size);
    for (let at = startOf(grain); at < (stop & WHOLE); at += 16) {
      const distance = f32x4.sub(v128.load(z + at), v128.load(y + at));
      total = addWide(total, f32x4.mul(distance, distance));
      v128.store(slopes + at, f32x4.mul(distance, factors));
    }
    let result = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
    const rest = stop & ~WHOLE;
    if (rest) {
      const at = stop - rest;
      const spare = takeRest(rest, z + at, y + at);
      squaredError(spare, spare + 16, spare, spare + 32, 4, factor, 0, 1);
      giveRest(spare, rest, slopes + at);
      result += load<f64>(spare + 32);
    }
    store<f64>(sums + (<usize>grain << 3), result);
  }
}

/** Adds four float32 to two sums in float64. */
// @ts-ignore: decorator
@inline
function addWide(total: v128, x: v128): v128 {
  const high = v128.shuffle<f32>(x, x, 2, 3, 2, 3);
  return f64x2.add(total, f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(high)));
}

/** Writes the sum of `count` float64, times `factor`, as a float32. */
export function sumDoubles(sums: usize, count: i32, factor: f64, out: usize): void {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) total += load<f64>(sums + (<usize>i << 3));
  store<f32>(out, <f32>(total * factor));
}
