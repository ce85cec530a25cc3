/*
 * Sums in float64. Each grain of a loss has its own, so that neither the mean nor its last bits depend on how the grains
 * are divided among threads.
 */

/** Adds four float32 to two sums in float64. */
@inline
export function addWide(total: v128, x: v128): v128 {
  const high = v128.shuffle<f32>(x, x, 2, 3, 2, 3);
  return f64x2.add(total, f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(high)));
}

/** Writes the sum of `count` float64, times `factor`, as a float32. */
export function sumDoubles(sums: usize, count: i32, factor: f64, out: usize): void {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) total += load<f64>(sums + (<usize>i << 3));
  store<f32>(out, <f32>(total * factor));
}
