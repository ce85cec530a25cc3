import type { Scaling } from './image-options.js';

/** Rows of bytes: `pixels` has `size` bytes per row, and only `rows` of them count. */
export interface PixelRows {
  readonly pixels: Uint8Array;
  readonly size: number;
  /** All where absent. */
  readonly rows?: Uint32Array;
}

/**
 * The number that each byte becomes: entry `256 * channel + byte`; one channel where all share it.
 *
 * Mean and standard deviation (of the population, as NumPy's `std`) come from counts of the bytes, so they are exact to
 * float64. Where the deviation is 0, only the mean is subtracted.
 *
 * @param train What to fit mean and deviation on; looked at only where `scaling` standardizes.
 */
export function scaleTable(scaling: Scaling, train: PixelRows, channels: number): Float32Array {
  const bytes = Float32Array.from({ length: 256 }, (_, byte) => byte);
  if (scaling === 'none') return bytes;
  if (scaling === 'unit') return bytes.map((byte) => byte / 255);
  const counts = countBytes(train, channels);
  const tables = scaling === 'standardize' ? [sum(counts)] : counts;
  const table = new Float32Array(256 * tables.length);
  tables.forEach((count, channel) => table.set(standardized(count), 256 * channel));
  return table;
}

/** How often each byte occurs, by channel. */
function countBytes({ pixels, size, rows }: PixelRows, channels: number): Float64Array[] {
  const counts = new Uint32Array(256 * channels);
  const total = rows?.length ?? pixels.length / size;
  for (let r = 0; r < total; r++) {
    const start = (rows ? rows[r] : r) * size;
    for (let at = start; at < start + size; at += channels) {
      for (let channel = 0; channel < channels; channel++) counts[256 * channel + pixels[at + channel]]++;
    }
  }
  return Array.from({ length: channels }, (_, channel) =>
    Float64Array.from(counts.subarray(256 * channel, 256 * (channel + 1))),
  );
}

function sum(counts: readonly Float64Array[]): Float64Array {
  return new Float64Array(256).map((_, byte) => counts.reduce((total, count) => total + count[byte], 0));
}

function standardized(count: Float64Array): Float64Array {
  const total = count.reduce((all, n) => all + n, 0);
  const mean = count.reduce((all, n, byte) => all + n * byte, 0) / total;
  const variance = count.reduce((all, n, byte) => all + n * (byte - mean) ** 2, 0) / total;
  const deviation = Math.sqrt(variance) || 1;
  return new Float64Array(256).map((_, byte) => (byte - mean) / deviation);
}
