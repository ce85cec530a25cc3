/** ln 2 in two parts: the first has few bits, so that its product with a whole number is exact. */
export const LN2_HIGH: f32 = 0.693359375;
export const LN2_LOW: f32 = -0.00021219444;

/**
 * `e^x` in every lane, within 1 ulp, the same bits on every host: never fused, no table.
 *
 * Over all of float32: infinite from 88.72284 on, gradually to 0 below -87.3 (denormals are not flushed), NaN stays NaN.
 *
 * `x = n ln 2 + r` with `|r| <= ln 2 / 2`, and `e^r = 1 + r + r^2 p(r)`; `p` is a minimax polynomial for the relative
 * error (own fit, 0.05 * 2^-24).
 */
@inline
export function exp4(x: v128): v128 {
  // Beyond these all results are infinite or 0 anyhow, and `n` stays within what the two factors below can hold.
  const inside = f32x4.max(f32x4.min(x, f32x4.splat(89)), f32x4.splat(-105));
  const n = f32x4.nearest(f32x4.mul(inside, f32x4.splat(1.442695)));
  let r = f32x4.sub(inside, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(0.0013814475);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.008368781));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.041668393));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.1666652));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.49999994));
  p = f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r);
  p = f32x4.add(p, f32x4.splat(1));
  // 2^n in two factors, since 2^128 and 2^-150 are no floats of full precision.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/** `2^n` for whole `n` from -126 to 127. */
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}
