/**
 * The step, 1, 2 or 5 times a power of ten, that gives at most `most` intervals over a span; 1 where there is no span.
 */
export function niceStep(span: number, most: number): number {
  if (!(span > 0)) return 1;
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** A value of an axis with the decimals that its step needs; very small and large ones as `2e-5`. */
export function tickText(value: number, step: number): string {
  const size = Math.max(Math.abs(value), step);
  if (step < 1e-4 || size >= 1e6) return value === 0 ? '0' : value.toExponential(1);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  // Rounding would show a tick a hair below 0 as -0.
  return (Math.abs(value) < step / 2 ? 0 : value).toFixed(decimals);
}
