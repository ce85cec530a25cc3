import { exp4 } from './exp';
import { log4 } from './log';
import { giveRest, startOf, stopOf, takeRest, WHOLE } from './ranges';
import { storeSlopes } from './tiny';
import { addWide } from './wide-sums';

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
      storeSlopes(slopes + at, f32x4.mul(f32x4.sub(share, target), factors));
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
