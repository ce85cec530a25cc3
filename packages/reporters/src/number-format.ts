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
