/**
 * `a * b + c` in every lane. In the module of `numerics: 'fast'` the host may round once instead of twice (a fused
 * multiply-add), so its last bits differ from host to host.
 */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** The larger of `x` and 0 in every lane; NaN stays NaN. */
@inline
export function relu4(x: v128): v128 {
  return f32x4.pmax(x, f32x4.splat(0));
}
