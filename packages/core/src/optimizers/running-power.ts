/**
 * Powers of a base for exponents that mostly count up, by repeated multiplication.
 *
 * Unlike `Math.pow`, whose last bits differ between JavaScript engines, it gives the same bits everywhere.
 */
export function runningPower(base: number): (exponent: number) => number {
  let reached = 0;
  let power = 1;
  return (exponent) => {
    if (exponent < reached) {
      reached = 0;
      power = 1;
    }
    for (; reached < exponent; reached++) power *= base;
    return power;
  };
}
