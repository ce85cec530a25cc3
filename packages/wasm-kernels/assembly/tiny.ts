import { giveRest, startOf, stopOf, takeRest, WHOLE } from './ranges';

/*
 * Arithmetic with denormal numbers (below 2^-126) takes a hundred times as long, and averages that fade, or the
 * probabilities of a network that is sure, become such numbers. So they go to 0 while they are still normal, at bounds
 * below which they change no result.
 */

/** Below this (2^-56) slopes count as 0: their squares, which optimizers average, would come near to denormals. */
const TINY_SLOPE: f32 = 1.3877787807814457e-17;

/** 0 in every lane whose magnitude is below `least`, else what it was; NaN stays NaN. */
@inline
export function dropTiny4(x: v128, least: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), least));
}

/** Makes 0 of every element whose magnitude is below `least`, in place. */
export function dropTiny(x: usize, size: i32, least: f32, begin: i32, end: i32): void {
  const stop = stopOf(end, size);
  const bound = f32x4.splat(least);
  for (let at = startOf(begin); at < (stop & WHOLE); at += 16) {
    v128.store(x + at, dropTiny4(v128.load(x + at), bound));
  }
  const rest = stop & ~WHOLE;
  if (rest) {
    const at = stop - rest;
    const spare = takeRest(rest, x + at);
    dropTiny(spare, 4, least, 0, 1);
    giveRest(spare, rest, x + at);
  }
}

/** Writes slopes; the tiny ones, of a network that is sure, as 0. */
@inline
export function storeSlopes(to: usize, slopes: v128): void {
  v128.store(to, dropTiny4(slopes, f32x4.splat(TINY_SLOPE)));
}

@inline
export function storeSlope(to: usize, slope: f32): void {
  store<f32>(to, abs(slope) < TINY_SLOPE ? 0 : slope);
}
