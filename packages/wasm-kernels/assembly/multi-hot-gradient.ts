/** Units that one thread sums for all rows: a cache line, so that threads share none. */
const UNITS_A_GRAIN: i32 = 16;

/**
 * The gradient by the kernel: `out[i] = sum of dz[r] over the rows r that have the one i`, in ascending order of `r`. The
 * indices are checked already.
 *
 * @param chosen Which rows of the matrix, a number for each row of `dz`; 0 where they are the first ones.
 * @param dz `[rows, units]`.
 * @param out `[width, units]`.
 * @param begin The first sixteen units, `end` those behind the last.
 */
export function multiHotGradient(
  indices: usize,
  offsets: usize,
  chosen: usize,
  dz: usize,
  out: usize,
  rows: i32,
  units: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  const step = units << 2;
  const first = begin * UNITS_A_GRAIN;
  const last = min(units, end * UNITS_A_GRAIN);
  if (first >= last) return;
  if (last - first == units) {
    memory.fill(out, 0, <usize>width * step);
  } else {
    for (let row = 0; row < width; row++) {
      memory.fill(out + <usize>row * step + (<usize>first << 2), 0, <usize>(last - first) << 2);
    }
  }
  for (let row = 0; row < rows; row++) {
    const entry = offsets + (<usize>(chosen ? load<u32>(chosen + (<usize>row << 2)) : row) << 2);
    const from = indices + (<usize>load<i32>(entry) << 2);
    const to = indices + (<usize>load<i32>(entry, 4) << 2);
    const source = dz + <usize>row * step;
    let at = <usize>first << 2;
    const stop = <usize>last << 2;
    for (; at + 64 <= stop; at += 64) addSixteen(from, to, source + at, out + at, step);
    for (; at + 16 <= stop; at += 16) addFour(from, to, source + at, out + at, step);
    for (; at < stop; at += 4) addOne(from, to, source + at, out + at, step);
  }
}

@inline
function addSixteen(from: usize, to: usize, source: usize, out: usize, step: i32): void {
  const s0 = v128.load(source);
  const s1 = v128.load(source, 16);
  const s2 = v128.load(source, 32);
  const s3 = v128.load(source, 48);
  for (; from < to; from += 4) {
    const target = out + <usize>load<i32>(from) * step;
    v128.store(target, f32x4.add(v128.load(target), s0));
    v128.store(target, f32x4.add(v128.load(target, 16), s1), 16);
    v128.store(target, f32x4.add(v128.load(target, 32), s2), 32);
    v128.store(target, f32x4.add(v128.load(target, 48), s3), 48);
  }
}

@inline
function addFour(from: usize, to: usize, source: usize, out: usize, step: i32): void {
  const value = v128.load(source);
  for (; from < to; from += 4) {
    const target = out + <usize>load<i32>(from) * step;
    v128.store(target, f32x4.add(v128.load(target), value));
  }
}

@inline
function addOne(from: usize, to: usize, source: usize, out: usize, step: i32): void {
  const value = load<f32>(source);
  for (; from < to; from += 4) {
    const target = out + <usize>load<i32>(from) * step;
    store<f32>(target, load<f32>(target) + value);
  }
}
