import { LOCAL_BYTES, localMemory } from './local';
import { multiplyAdd, relu4 } from './simd';
import { loadTail, storeTail } from './tail';

/** Bytes of {@link writePatterns}. */
const PATTERN_BYTES: i32 = 256;

/** Bytes from the place of a row of `b` in the list to the number that it is multiplied by. */
const LIST_BYTES: i32 = (LOCAL_BYTES - PATTERN_BYTES) / 2;

/**
 * `c = a . b + bias`, with relu where asked, where most of `a` is 0: the rounding of `gemm`, without the multiplications
 * by 0. Right where `b` is finite; where it is not, `gemm` has NaN for 0 times infinity. A sum of nothing from a bias of
 * -0 is -0, where `gemm` may have 0.
 *
 * @param a `[m, k]`, row-major, as `b` `[k, n]` and `c` `[m, n]`.
 * @param bias `n` floats, or 0 for none.
 * @param k At most 131,000, as many as the list of a row has room for.
 * @param begin The first row, `end` the one behind the last.
 */
export function gemmSparse(
  a: usize,
  b: usize,
  bias: usize,
  c: usize,
  n: i32,
  k: i32,
  relu: i32,
  begin: i32,
  end: i32,
): void {
  const patterns = localMemory();
  const list = patterns + PATTERN_BYTES;
  const step = n << 2;
  writePatterns(patterns);
  for (let row = begin; row < end; row++) {
    const listEnd = listNonzeros(a + ((<usize>row * k) << 2), k, step, list, patterns);
    let out = c + <usize>row * step;
    let from = b;
    let start = bias;
    for (let columns = n; columns > 0; columns -= 16) {
      if (columns >= 16) sumSixteen(list, listEnd, from, start, out, relu);
      else sumFew(list, listEnd, from, start, out, columns, relu);
      from += 64;
      out += 64;
      if (start) start += 64;
    }
  }
}

/** For each of the 16 sets of four lanes a pattern of `swizzle` that brings those of the set to the front. */
function writePatterns(patterns: usize): void {
  for (let set = 0; set < 16; set++) {
    let to = patterns + (<usize>set << 4);
    for (let lane = 0; lane < 4; lane++) {
      if ((set >> lane) & 1) {
        store<u32>(to, 0x03020100 + lane * 0x04040404);
        to += 4;
      }
    }
  }
}

/**
 * Lists what is not 0 of `k` floats, in their order: `step` times its place, and `LIST_BYTES` behind that the number.
 * Without a branch, which would be predicted wrongly at every edge in an image.
 *
 * @returns The end of the list of places.
 */
@inline
function listNonzeros(from: usize, k: i32, step: i32, to: usize, patterns: usize): usize {
  const zero = f32x4.splat(0);
  const forward = i32x4.splat(step << 2);
  let offsets = i32x4(0, step, 2 * step, 3 * step);
  let place = 0;
  for (; place + 4 <= k; place += 4) {
    const x = v128.load(from);
    const set = i32x4.bitmask(f32x4.ne(x, zero));
    const pattern = v128.load(patterns + (<usize>set << 4));
    v128.store(to, i8x16.swizzle(offsets, pattern));
    v128.store(to, i8x16.swizzle(x, pattern), LIST_BYTES);
    to += <usize>popcnt(set) << 2;
    offsets = i32x4.add(offsets, forward);
    from += 16;
  }
  for (; place < k; place++) {
    const x = load<f32>(from);
    store<i32>(to, place * step);
    store<f32>(to, x, LIST_BYTES);
    if (x != 0) to += 4;
    from += 4;
  }
  return to;
}

@inline
function sumSixteen(list: usize, end: usize, b: usize, start: usize, out: usize, relu: i32): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  if (start) {
    s0 = v128.load(start);
    s1 = v128.load(start, 16);
    s2 = v128.load(start, 32);
    s3 = v128.load(start, 48);
  }
  for (; list < end; list += 4) {
    const row = b + <usize>load<u32>(list);
    const x = v128.load32_splat(list, LIST_BYTES);
    s0 = multiplyAdd(x, v128.load(row), s0);
    s1 = multiplyAdd(x, v128.load(row, 16), s1);
    s2 = multiplyAdd(x, v128.load(row, 32), s2);
    s3 = multiplyAdd(x, v128.load(row, 48), s3);
  }
  if (relu) {
    s0 = relu4(s0);
    s1 = relu4(s1);
    s2 = relu4(s2);
    s3 = relu4(s3);
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

/** Fewer than 16 columns. */
function sumFew(list: usize, end: usize, b: usize, start: usize, out: usize, columns: i32, relu: i32): void {
  for (; columns >= 4; columns -= 4) {
    let sum = start ? v128.load(start) : f32x4.splat(0);
    for (let at = list; at < end; at += 4) {
      sum = multiplyAdd(v128.load32_splat(at, LIST_BYTES), v128.load(b + <usize>load<u32>(at)), sum);
    }
    v128.store(out, relu ? relu4(sum) : sum);
    b += 16;
    out += 16;
    if (start) start += 16;
  }
  if (columns == 0) return;
  let sum = start ? loadTail(start, columns) : f32x4.splat(0);
  for (let at = list; at < end; at += 4) {
    const row = loadTail(b + <usize>load<u32>(at), columns);
    sum = multiplyAdd(v128.load32_splat(at, LIST_BYTES), row, sum);
  }
  storeTail(out, relu ? relu4(sum) : sum, columns);
}
