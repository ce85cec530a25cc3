const blocks = [...'▁▂▃▄▅▆▇█'];

/**
 * A curve in one line of text: the lowest value as `▁`, the highest as `█`. Longer curves are thinned out evenly, and
 * always show their last value.
 *
 * @param width Most characters to use.
 */
export function sparkline(values: readonly number[], width: number): string {
  const count = Math.min(values.length, Math.max(0, width));
  const chosen = Array.from({ length: count }, (_, i) =>
    count === 1 ? values[values.length - 1] : values[Math.round((i * (values.length - 1)) / (count - 1))],
  );
  const low = Math.min(...chosen);
  const span = Math.max(...chosen) - low;
  const level = (value: number) =>
    span === 0 ? 0 : Math.round(((value - low) / span) * (blocks.length - 1));
  return chosen.map((value) => blocks[level(value)]).join('');
}

/** A bar of the given width, filled from the left; `part` is cut to 0...1. */
export function bar(part: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, part)) * width);
  return '█'.repeat(filled) + '░'.repeat(Math.max(0, width - filled));
}
