/**
 * `cos(pi x)` for `x` from 0 to 1, by sums and products only, which give the same bits on every host: `Math.cos` may not,
 * and a learning rate must. Within 6e-16 of it.
 *
 * By the Taylor series (DLMF 4.19.2) of the sine or cosine of an angle of at most a quarter of pi.
 */
export function cosPi(x: number): number {
  if (x > 0.5) return -cosPi(1 - x);
  return x > 0.25 ? series(Math.PI * (0.5 - x), 1) : series(Math.PI * x, 0);
}

/** The series of the cosine (`first` 0) or sine (`first` 1). */
function series(angle: number, first: 0 | 1): number {
  let term = first === 0 ? 1 : angle;
  let sum = term;
  for (let n = first + 2; n < 20; n += 2) {
    term *= -(angle * angle) / (n * (n - 1));
    sum += term;
  }
  return sum;
}
