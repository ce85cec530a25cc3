import { LOCAL_BYTES, localMemory } from './local';

/** Units that one thread sums for all rows, where the sums lie together: as many as a loop holds in registers. */
const UNITS_A_GRAIN: i32 = 16;

/**
 * The gradient by the kernel: `out[i] = sum of dz[r] over the rows r that have the one i`, in ascending order of `r`. The
 * indices are checked already.
 *
 * With several grains each sums in memory of its own, as far as it has room (1 MB, 16,384 columns): in `out`, where rows
 * begin anywhere in a cache line, two threads would write to the same lines all the time, and wait for each other.
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
  const own = units > UNITS_A_GRAIN && width <= LOCAL_BYTES >> 6;
  for (let grain = begin; grain < end; grain++) {
    const first = grain * UNITS_A_GRAIN;
    const count = min(UNITS_A_GRAIN, units - first);
    const to = out + (<usize>first << 2);
    if (own && count == UNITS_A_GRAIN) {
      memory.fill(localMemory(), 0, <usize>width << 6);
      addRows(indices, offsets, chosen, dz + (<usize>first << 2), step, rows, localMemory(), 64, count);
      copyOut(localMemory(), width, to, step);
      continue;
    }
    if (count == units) {
      memory.fill(to, 0, <usize>width * step);
    } else {
      for (let row = 0; row < width; row++) memory.fill(to + <usize>row * step, 0, <usize>count << 2);
    }
    addRows(indices, offsets, chosen, dz + (<usize>first << 2), step, rows, to, step, count);
  }
}

/** Adds to the rows of `out`, `step` bytes apart, `count` units of the rows of `dz`. */
@inline
function addRows(
  indices: usize,
  offsets: usize,
  chosen: usize,
  dz: usize,
  dzStep: i32,
  rows: i32,
  out: usize,
  step: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const entry = offsets + (<usize>(chosen ? load<u32>(chosen + (<usize>row << 2)) : row) << 2);
    const from = indices + (<usize>load<i32>(entry) << 2);
    const to = indices + (<usize>load<i32>(entry, 4) << 2);
    const source = dz + <usize>row * dzStep;
    if (count == UNITS_A_GRAIN) {
      addSixteen(from, to, source, out, step);
      continue;
    }
    let at: usize = 0;
    const stop = <usize>count << 2;
    for (; at + 16 <= stop; at += 16) addFour(from, to, source + at, out + at, step);
    for (; at < stop; at += 4) addOne(from, to, source + at, out + at, step);
  }
}

/** Rows of 16 units to where they belong. */
function copyOut(from: usize, width: i32, to: usize, step: i32): void {
  for (let row = 0; row < width; row++) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    from += 64;
    to += step;
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
