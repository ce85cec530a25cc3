/** Columns that one thread sums for all rows: a cache line, so that threads share none. */
const COLUMNS_A_GRAIN: i32 = 16;

/**
 * `out[s]` is the sum of those rows of `x` whose segment is `s`, in their order; rows whose segment is out of range count
 * nowhere.
 *
 * @param x `[rows, columns]`, 32-bit floats or integers.
 * @param segments `rows` integers.
 * @param out `[count, columns]`, as `x`.
 * @param whole Whether the elements are integers.
 * @param begin The first sixteen columns, `end` those behind the last.
 */
export function segmentSum(
  x: usize,
  segments: usize,
  out: usize,
  rows: i32,
  columns: i32,
  count: i32,
  whole: i32,
  begin: i32,
  end: i32,
): void {
  const step = columns << 2;
  const first = <usize>(begin * COLUMNS_A_GRAIN) << 2;
  const last = <usize>min(columns, end * COLUMNS_A_GRAIN) << 2;
  if (first >= last) return;
  for (let segment = 0; segment < count; segment++) {
    memory.fill(out + <usize>segment * step + first, 0, last - first);
  }
  for (let row = 0; row < rows; row++) {
    const segment = load<i32>(segments + (<usize>row << 2));
    if (<u32>segment >= <u32>count) continue;
    const from = x + <usize>row * step;
    const to = out + <usize>segment * step;
    if (whole) addWhole(from, to, first, last);
    else addFloats(from, to, first, last);
  }
}

@inline
function addFloats(from: usize, to: usize, at: usize, last: usize): void {
  for (; at + 16 <= last; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  }
  for (; at < last; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
}

@inline
function addWhole(from: usize, to: usize, at: usize, last: usize): void {
  for (; at + 16 <= last; at += 16) {
    v128.store(to + at, i32x4.add(v128.load(to + at), v128.load(from + at)));
  }
  for (; at < last; at += 4) store<i32>(to + at, load<i32>(to + at) + load<i32>(from + at));
}
