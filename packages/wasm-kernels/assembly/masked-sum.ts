/** Rows that are summed before their sum is added to those of others, whatever the number of threads. */
export const ROWS_A_CHUNK: i32 = 1024;

/**
 * Backward through relu and bias in one pass over the images: `dz = dy` where `y > 0`, else 0, and the sums of `dz` over
 * the rows of each chunk.
 *
 * @param dy `[rows, columns]`.
 * @param y What relu gave, or 0 where there was none: then `dz` is `dy`, and only summed.
 * @param dz May be `dy`; not written where `y` is 0.
 * @param sums `[ceil(rows / 1024), columns]`; 0 where no sums are needed.
 * @param begin The first chunk of 1024 rows, `end` the one behind the last.
 */
export function maskedSum(
  dy: usize,
  y: usize,
  dz: usize,
  sums: usize,
  rows: i32,
  columns: i32,
  begin: i32,
  end: i32,
): void {
  const step = columns << 2;
  for (let chunk = begin; chunk < end; chunk++) {
    const first = chunk * ROWS_A_CHUNK;
    const count = min(ROWS_A_CHUNK, rows - first);
    const at = <usize>first * step;
    const sum = sums ? sums + <usize>chunk * step : 0;
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      const offset = at + (<usize>column << 2);
      const total = y
        ? maskFour(dy + offset, y + offset, dz + offset, count, step)
        : sumFour(dy + offset, count, step);
      if (sum) v128.store(sum + (<usize>column << 2), total);
    }
    for (; column < columns; column++) {
      const offset = at + (<usize>column << 2);
      const total = maskOne(dy + offset, y ? y + offset : 0, dz + offset, count, step);
      if (sum) store<f32>(sum + (<usize>column << 2), total);
    }
  }
}

@inline
function maskFour(dy: usize, y: usize, dz: usize, rows: i32, step: i32): v128 {
  const zero = f32x4.splat(0);
  let total = zero;
  for (let row = 0; row < rows; row++) {
    const value = v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero));
    v128.store(dz, value);
    total = f32x4.add(total, value);
    dy += step;
    y += step;
    dz += step;
  }
  return total;
}

@inline
function sumFour(dy: usize, rows: i32, step: i32): v128 {
  let total = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    total = f32x4.add(total, v128.load(dy));
    dy += step;
  }
  return total;
}

function maskOne(dy: usize, y: usize, dz: usize, rows: i32, step: i32): f32 {
  let total: f32 = 0;
  for (let row = 0; row < rows; row++) {
    let value = load<f32>(dy);
    if (y) {
      value = load<f32>(y) > 0 ? value : 0;
      store<f32>(dz, value);
      y += step;
      dz += step;
    }
    total += value;
    dy += step;
  }
  return total;
}

/** Sums the rows of `[rows, columns]` in their order; single, since it follows a division into few chunks. */
export function sumRows(x: usize, rows: i32, columns: i32, out: usize): void {
  for (let column = 0; column < columns; column++) {
    let total: f32 = 0;
    let at = x + (<usize>column << 2);
    for (let row = 0; row < rows; row++) {
      total += load<f32>(at);
      at += <usize>columns << 2;
    }
    store<f32>(out + (<usize>column << 2), total);
  }
}
