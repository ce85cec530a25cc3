import { LN2_HIGH, LN2_LOW } from './exp';

/**
 * The natural logarithm in every lane, within 1 ulp, the same bits on every host: never fused, no table.
 *
 * Over all of float32: minus infinity at 0, NaN below 0, denormals right.
 *
 * `x = 2^e (1 + f)` with `1 + f` between `sqrt(1/2)` and `sqrt(2)`, and `log(1 + f) = f - f^2 / 2 + f^3 p(f)`; `p` is a
 * minimax polynomial for the relative error (own fit, 0.01 * 2^-24).
 */
@inline
export function log4(x: v128): v128 {
  // Denormals have no exponent of their own: times 2^23 they have.
  const denormal = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, denormal);
  // The bits of sqrt(1/2): what is subtracted from the exponent is a whole number, as it were, of those.
  const above = i32x4.sub(scaled, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.sub(i32x4.shr_s(above, 23), v128.and(denormal, i32x4.splat(23)));
  const mantissa = i32x4.add(v128.and(above, i32x4.splat(0x7fffff)), i32x4.splat(0x3f3504f3));
  const f = f32x4.sub(mantissa, f32x4.splat(1));
  const e = f32x4.convert_i32x4_s(exponent);

  const square = f32x4.mul(f, f);
  let p = f32x4.splat(0.06915427);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.11789836));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.11872964));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.12384343));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.1421866));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.16669251));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.20002227));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-0.24999987));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.3333331));
  p = f32x4.mul(f32x4.mul(p, f), square);
  p = f32x4.add(p, f32x4.mul(e, f32x4.splat(LN2_LOW)));
  p = f32x4.sub(p, f32x4.mul(square, f32x4.splat(0.5)));
  p = f32x4.add(f32x4.add(f, p), f32x4.mul(e, f32x4.splat(LN2_HIGH)));

  const infinity = f32x4.splat(Infinity);
  // Infinity has the same logarithm as itself, and NaN is compared as unequal to everything.
  p = v128.bitselect(p, x, f32x4.lt(x, infinity));
  p = v128.bitselect(f32x4.splat(NaN), p, f32x4.lt(x, f32x4.splat(0)));
  return v128.bitselect(f32x4.neg(infinity), p, f32x4.eq(x, f32x4.splat(0)));
}
