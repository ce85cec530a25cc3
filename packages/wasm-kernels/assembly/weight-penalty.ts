import { ELEMENTS_A_GRAIN, startOf, stopOf } from './ranges';

/**
 * The sums of absolute values and of squares of each 1024 elements.
 *
 * @param sums Two 64-bit floats for each grain.
 * @param begin The first 1024 elements, `end` those behind the last.
 */
export function sizesOfWeights(w: usize, sums: usize, size: i32, begin: i32, end: i32): void {
  for (let grain = begin; grain < end; grain++) {
    let at = w + startOf(grain);
    const stop = w + stopOf(grain + 1, size);
    let a = f32x4.splat(0);
    let b = a;
    let p = a;
    let q = a;
    for (; at + 32 <= stop; at += 32) {
      const x = v128.load(at);
      const y = v128.load(at, 16);
      a = f32x4.add(a, f32x4.abs(x));
      b = f32x4.add(b, f32x4.abs(y));
      p = f32x4.add(p, f32x4.mul(x, x));
      q = f32x4.add(q, f32x4.mul(y, y));
    }
    let absolute = sumOfLanes(a) + sumOfLanes(b);
    let squares = sumOfLanes(p) + sumOfLanes(q);
    for (; at < stop; at += 4) {
      const x = <f64>load<f32>(at);
      absolute += abs(x);
      squares += x * x;
    }
    const to = sums + (<usize>grain << 4);
    store<f64>(to, absolute);
    store<f64>(to, squares, 8);
  }
}

@inline
function sumOfLanes(x: v128): f64 {
  const high = v128.shuffle<f32>(x, x, 2, 3, 2, 3);
  const pair = f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(high));
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Writes `l1 * sum(|w|) + l2 * sum(w^2)`; a part of strength 0 counts nothing, even where it is infinite. */
export function weightPenalty(sums: usize, size: i32, l1: f64, l2: f64, out: usize): void {
  let absolute: f64 = 0;
  let squares: f64 = 0;
  for (let first = 0; first < size; first += ELEMENTS_A_GRAIN) {
    absolute += load<f64>(sums);
    squares += load<f64>(sums, 8);
    sums += 16;
  }
  store<f32>(out, <f32>((l1 > 0 ? l1 * absolute : 0) + (l2 > 0 ? l2 * squares : 0)));
}

/**
 * `dw = dy (l1 sign(w) + twice_l2 w)`, with the sign of 0 being 0.
 *
 * @param dy Address of one float.
 * @param begin The first 1024 elements, `end` those behind the last.
 */
export function weightPenaltyGradient(
  w: usize,
  dy: usize,
  dw: usize,
  size: i32,
  l1: f32,
  twiceL2: f32,
  begin: i32,
  end: i32,
): void {
  const factor = v128.load32_splat(dy);
  let at = startOf(begin);
  const stop = stopOf(end, size);
  for (; at + 16 <= stop; at += 16) {
    v128.store(dw + at, f32x4.mul(factor, slope(v128.load(w + at), l1, twiceL2)));
  }
  for (; at < stop; at += 4) {
    const one = f32x4.mul(factor, slope(v128.load32_zero(w + at), l1, twiceL2));
    v128.store32_lane(dw + at, one, 0);
  }
}

@inline
function slope(w: v128, l1: f32, twiceL2: f32): v128 {
  const square = f32x4.mul(w, f32x4.splat(twiceL2));
  if (l1 == 0) return square;
  const one = v128.or(v128.and(w, i32x4.splat(0x80000000)), f32x4.splat(1));
  const sign = v128.and(one, f32x4.ne(w, f32x4.splat(0)));
  const known = v128.bitselect(sign, w, f32x4.eq(w, w));
  const absolute = f32x4.mul(known, f32x4.splat(l1));
  return twiceL2 == 0 ? absolute : f32x4.add(absolute, square);
}
