/**
 * Looks for what does not fit a kernel `width` rows high, so that nothing is read or written elsewhere.
 *
 * @returns -1 where all is well; -2 where the offsets do not divide the indices among the rows; else the place of the
 * first index below 0 or not below `width`.
 */
export function checkMultiHot(indices: usize, count: i32, offsets: usize, rows: i32, width: i32): i32 {
  let last = load<i32>(offsets);
  if (last != 0) return -2;
  for (let row = 1; row <= rows; row++) {
    const next = load<i32>(offsets + (<usize>row << 2));
    if (next < last) return -2;
    last = next;
  }
  if (last != count) return -2;

  const limit = i32x4.splat(width);
  let wrong = i32x4.splat(0);
  let i = 0;
  // As unsigned numbers, those below 0 are larger than every width.
  for (; i + 4 <= count; i += 4) {
    wrong = v128.or(wrong, i32x4.ge_u(v128.load(indices + (<usize>i << 2)), limit));
  }
  if (!v128.any_true(wrong)) {
    for (; i < count && <u32>load<i32>(indices + (<usize>i << 2)) < <u32>width; i++);
    return i < count ? i : -1;
  }
  i = 0;
  while (<u32>load<i32>(indices + (<usize>i << 2)) < <u32>width) i++;
  return i;
}
