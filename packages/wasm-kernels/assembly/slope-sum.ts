import { ROWS_A_CHUNK } from './masked-sum';
import { loadTail, storeTail } from './tail';

/**
 * Backward through sigmoid or tanh and bias in one pass, as `maskedSum` through relu: `dz` is `dy y (1 - y)` or
 * `dy (1 - y^2)`, and `sums` are those of `dz` over the rows of each chunk.
 *
 * @param dy `[rows, columns]`.
 * @param y What the activation gave.
 * @param dz May be `dy`.
 * @param sums `[ceil(rows / 1024), columns]`.
 * @param tanh 1 for tanh, 0 for sigmoid.
 * @param begin The first chunk of 1024 rows, `end` the one behind the last.
 */
export function slopeSum(
  dy: usize,
  y: usize,
  dz: usize,
  sums: usize,
  rows: i32,
  columns: i32,
  tanh: i32,
  begin: i32,
  end: i32,
): void {
  const step = <usize>columns << 2;
  for (let chunk = begin; chunk < end; chunk++) {
    const start = <usize>(chunk * ROWS_A_CHUNK) * step;
    const stop = start + <usize>min(ROWS_A_CHUNK, rows - chunk * ROWS_A_CHUNK) * step;
    const sum = sums + <usize>chunk * step;
    for (let column: usize = 0; column < step; column += 16) {
      const count = <i32>min(4, (step - column) >> 2);
      let total = f32x4.splat(0);
      for (let at = start + column; at < stop; at += step) {
        if (count == 4) {
          const value = f32x4.mul(v128.load(dy + at), slope4(v128.load(y + at), tanh));
          v128.store(dz + at, value);
          total = f32x4.add(total, value);
        } else {
          const value = f32x4.mul(loadTail(dy + at, count), slope4(loadTail(y + at, count), tanh));
          storeTail(dz + at, value, count);
          total = f32x4.add(total, value);
        }
      }
      if (count == 4) v128.store(sum + column, total);
      else storeTail(sum + column, total, count);
    }
  }
}

/** The derivative by the input, from the output `y`. */
@inline
function slope4(y: v128, tanh: i32): v128 {
  const one = f32x4.splat(1);
  return tanh ? f32x4.sub(one, f32x4.mul(y, y)) : f32x4.mul(y, f32x4.sub(one, y));
}
