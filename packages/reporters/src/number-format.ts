import type { Summary } from '@wellfit/core';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with separators: `160,305`. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** A logged number: four decimals where they say something, else four significant digits. */
export function formatMetric(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 0.001 && size < 1000)) return value.toFixed(4);
  return value.toExponential(3);
}

/** A number over seeds: `0.2830 ± 0.0021` (sample standard deviation), or the mean alone for a single seed. */
export function formatSummary(summary: Summary | undefined): string {
  if (summary === undefined) return '–';
  const mean = formatMetric(summary.mean);
  return summary.sd === null ? mean : `${mean} ± ${formatSpread(summary.sd, mean)}`;
}

/** The mean of a number over seeds, without its spread. */
export function formatMean(summary: Summary | undefined): string {
  return summary === undefined ? '–' : formatMetric(summary.mean);
}

/** A spread gets no more decimals than what it belongs to: `0.2857 ± 0.0002`, not `± 1.625e-4`. */
function formatSpread(sd: number, mean: string): string {
  return mean.includes('e') || sd >= 1000 ? formatMetric(sd) : sd.toFixed(4);
}

/** A difference and its interval, in as many decimals as the interval's width lets count: two digits of half of it. */
export function formatDifference({ mean, interval }: Summary): { mean: string; interval?: string } {
  const half = interval === undefined ? 0 : (interval[1] - interval[0]) / 2;
  const format = half > 0 ? fixed(half) : formatMetric;
  const plus = mean > 0 ? '+' : '';
  return {
    mean: plus + format(mean),
    ...(interval && { interval: formatInterval(interval, format) }),
  };
}

/** An interval of a number over seeds, `0.281 to 0.285`, in as many decimals as its width lets count. */
export function formatInterval(
  interval: readonly [number, number],
  format = interval[1] > interval[0] ? fixed((interval[1] - interval[0]) / 2) : formatMetric,
): string {
  return interval.map(format).join(' to ');
}

/** Shows two digits of numbers of this size. */
function fixed(size: number): (value: number) => string {
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(size)));
  if (decimals > 8 || size >= 1e6) return formatMetric;
  // What rounds to 0 has no sign.
  return (value) => value.toFixed(decimals).replace(/^-(?=0\.?0*$)/, '');
}

/** A p-value: two digits, `0.031`, or `< 0.001`. */
export function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : String(Number(p.toPrecision(2)));
}

/** A mean epoch, as the evidence of a verdict says it: `3`, or three digits such as `9.33` where seeds differ. */
export function formatEpoch({ mean }: Summary): string {
  if (Number.isInteger(mean)) return String(mean);
  return mean < 100 ? mean.toPrecision(3) : mean.toFixed(0);
}

/** Bytes in decimal units: `17.5 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** A time span as it is worth reading: `240ms`, `1s`, `2:05`, `1:02:05`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)}ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  const pad = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const tail = pad(seconds % 60);
  return minutes < 60 ? `${minutes}:${tail}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${tail}`;
}
