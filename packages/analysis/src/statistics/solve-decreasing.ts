/**
 * The x >= 0 at which a decreasing function takes a value, by doubling and then halving, to the last bit that the
 * function tells apart: slow and sure.
 *
 * @param value At most `f(0)`, and above the limit of `f`; else 0 or Infinity.
 */
export function solveDecreasing(f: (x: number) => number, value: number): number {
  if (f(0) <= value) return 0;
  let low = 0;
  let high = 1;
  while (f(high) > value && high < Infinity) {
    low = high;
    high *= 2;
  }
  if (high === Infinity) return Infinity;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (f(middle) > value) low = middle;
    else high = middle;
  }
}
