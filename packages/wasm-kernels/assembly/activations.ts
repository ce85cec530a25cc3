import { exp4 } from './exp';
import { startOf, stopOf } from './ranges';

/** `1 / (1 + e^-x)` in every lane, within 2 ulp; takes the exponential of nothing above 0, so small values stay exact. */
@inline
function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const share = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(share, f32x4.add(one, e));
}

/**
 * The hyperbolic tangent in every lane, within 2 ulp: below 0.625 `x + x^3 p(x^2)`, where `p` is a minimax polynomial for
 * the relative error (own fit, 0.003 * 2^-24), above by the exponential.
 */
@inline
function tanh4(x: v128): v128 {
  const a = f32x4.abs(x);
  const one = f32x4.splat(1);
  const e = exp4(f32x4.add(a, a));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one)));
  const square = f32x4.mul(a, a);
  let p = f32x4.splat(0.002142962);
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-0.0081773974));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(0.021700703));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-0.053946763));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(0.13333206));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-0.3333333));
  const near = f32x4.add(a, f32x4.mul(f32x4.mul(p, square), a));
  const size = v128.bitselect(near, far, f32x4.lt(a, f32x4.splat(0.625)));
  return v128.or(size, v128.and(x, i32x4.splat(0x80000000)));
}

/**
 * Replaces `size` floats by their sigmoid.
 *
 * @param begin The first 1024 elements, `end` those behind the last.
 */
export function sigmoid(x: usize, size: i32, begin: i32, end: i32): void {
  let at = x + startOf(begin);
  const stop = x + stopOf(end, size);
  for (; at + 16 <= stop; at += 16) v128.store(at, sigmoid4(v128.load(at)));
  for (; at < stop; at += 4) v128.store32_lane(at, sigmoid4(v128.load32_zero(at)), 0);
}

/** Replaces `size` floats by their hyperbolic tangent; parameters as those of {@link sigmoid}. */
export function tanh(x: usize, size: i32, begin: i32, end: i32): void {
  let at = x + startOf(begin);
  const stop = x + stopOf(end, size);
  for (; at + 16 <= stop; at += 16) v128.store(at, tanh4(v128.load(at)));
  for (; at < stop; at += 4) v128.store32_lane(at, tanh4(v128.load32_zero(at)), 0);
}
