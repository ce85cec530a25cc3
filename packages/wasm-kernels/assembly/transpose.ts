/**
 * Writes `a`, `[rows, columns]` and row-major, with rows and columns exchanged.
 *
 * @param begin The first tile of four columns, `end` the one behind the last.
 */
export function transpose(a: usize, rows: i32, columns: i32, out: usize, begin: i32, end: i32): void {
  const last = min(columns, end << 2);
  for (let column = begin << 2; column < last; column++) {
    let from = a + (<usize>column << 2);
    let to = out + <usize>column * (<usize>rows << 2);
    for (let row = 0; row < rows; row++) {
      store<f32>(to, load<f32>(from));
      from += <usize>columns << 2;
      to += 4;
    }
  }
}
