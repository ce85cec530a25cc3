import { COEFFICIENTS } from './winograd';

/**
 * The filter `[3, 3, c, k]` transformed to 16 matrices `[c, k]`, each packed in panels of eight columns as `gemm` wants
 * them. For the gradient by the input (`flip`) the filter is turned by 180 degrees, and `[c, k]` is `[k, c]` of the filter.
 *
 * @param begin The first panel, `end` the one behind the last.
 */
export function winogradFilter(filter: usize, c: i32, k: i32, flip: i32, out: usize, begin: i32, end: i32): void {
  const panels = (k + 7) >> 3;
  const panelBytes = <usize>(c + 1) << 5;
  const step = <usize>panels * panelBytes;
  const cStep = flip ? 4 : k << 2;
  const kStep = flip ? c << 2 : 4;
  const tap = <usize>(c * k) << 2;
  for (let panel = begin; panel < end; panel++) {
    const to = out + <usize>panel * panelBytes;
    for (let i = 0; i < COEFFICIENTS; i++) memory.fill(to + <usize>i * step, 0, panelBytes);
    const first = panel << 3;
    const columns = min(8, k - first);
    for (let row = 0; row < c; row++) {
      for (let j = 0; j < columns; j++) {
        const from = filter + <usize>row * cStep + <usize>(first + j) * kStep;
        transformFilter(from, tap, flip, to + (<usize>(row + 1) << 5) + (<usize>j << 2), step);
      }
    }
  }
}

@inline
function transformFilter(from: usize, tap: usize, flip: i32, to: usize, step: usize): void {
  const start = flip ? from + 8 * tap : from;
  const next: isize = flip ? -(<isize>tap) : <isize>tap;
  const g00 = load<f32>(start);
  const g01 = load<f32>(start + next);
  const g02 = load<f32>(start + 2 * next);
  const g10 = load<f32>(start + 3 * next);
  const g11 = load<f32>(start + 4 * next);
  const g12 = load<f32>(start + 5 * next);
  const g20 = load<f32>(start + 6 * next);
  const g21 = load<f32>(start + 7 * next);
  const g22 = load<f32>(start + 8 * next);
  to = storeFilterRow(g00, g01, g02, to, step);
  to = storeFilterRow(0.5 * (g00 + g10 + g20), 0.5 * (g01 + g11 + g21), 0.5 * (g02 + g12 + g22), to, step);
  to = storeFilterRow(0.5 * (g00 - g10 + g20), 0.5 * (g01 - g11 + g21), 0.5 * (g02 - g12 + g22), to, step);
  storeFilterRow(g20, g21, g22, to, step);
}

@inline
function storeFilterRow(a: f32, b: f32, c: f32, to: usize, step: usize): usize {
  store<f32>(to, a);
  store<f32>(to + step, 0.5 * (a + b + c));
  store<f32>(to + 2 * step, 0.5 * (a - b + c));
  store<f32>(to + 3 * step, c);
  return to + 4 * step;
}
