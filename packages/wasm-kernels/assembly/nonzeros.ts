/**
 * How many of `rows` times `columns` floats are not 0 (NaN is not); or in how many runs of four floats of a row not all
 * are 0.
 *
 * @param step Bytes from row to row.
 * @param runs Whether to count runs; columns behind the last whole run are left out then.
 */
export function countNonzeros(from: usize, step: i32, rows: i32, columns: i32, runs: i32): i32 {
  const zero = f32x4.splat(0);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    let at = from;
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      const set = i32x4.bitmask(f32x4.ne(v128.load(at), zero));
      count += runs ? i32(set != 0) : popcnt(set);
      at += 16;
    }
    for (; column < columns && !runs; column++) {
      count += i32(load<f32>(at) != 0);
      at += 4;
    }
    from += step;
  }
  return count;
}

/** 1 where no float is infinite or NaN, else 0. */
export function areFinite(from: usize, count: i32): i32 {
  // 0 times a finite number is 0, times any other it is NaN.
  const zero = f32x4.splat(0);
  let even = zero;
  let odd = zero;
  const end = from + (<usize>count << 2);
  for (; from + 32 <= end; from += 32) {
    even = f32x4.add(even, f32x4.mul(v128.load(from), zero));
    odd = f32x4.add(odd, f32x4.mul(v128.load(from, 16), zero));
  }
  let rest: f32 = 0;
  for (; from < end; from += 4) rest += load<f32>(from) * 0;
  return i32(rest == 0 && i32x4.all_true(f32x4.eq(f32x4.add(even, odd), zero)));
}
