import { median } from './median.mjs';
import { sides, works } from './works.mjs';

/** Seconds for people: milliseconds below a second, and `-` where there are none. */
export function shown(seconds) {
  if (seconds === undefined) return '-';
  const milliseconds = seconds * 1000;
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${seconds.toFixed(2)} s`;
}

/**
 * What the rounds of a side come to: medians over all epochs but the first of each round (of steps, where the work is
 * one), and over the rounds.
 */
export function digest({ steps = 1 }, rounds) {
  const failed = rounds.find((round) => round.failed);
  if (failed) return failed;
  const later = rounds.flatMap(({ epochs }) => epochs.slice(1));
  const of = (pick) => median(rounds.map(pick));
  return {
    epoch: median(later) / steps,
    first: of(({ epochs }) => epochs[0]) / steps,
    before: Object.fromEntries(
      Object.keys(rounds[0].phases).map((phase) => [phase, of(({ phases }) => phases[phase])]),
    ),
    fromCommand: of(({ fromCommand }) => fromCommand),
    loss: of(({ loss }) => loss),
    versions: rounds[0].versions,
  };
}

/** The table of the sides of one work, as Markdown. */
export function workTable(name, results, epochs) {
  const work = works[name];
  const own = results.wellfit?.epoch;
  const unit = work.steps ? 'step' : 'epoch';
  const rows = Object.entries(results).map(([side, result]) => {
    const title = sides[side].title + (side === 'stock' && work.stockShare ? ' *' : '');
    if (result.failed) return [title, 'cannot', '', '', '', '', '', '', '', ''];
    const { before, epoch, first, fromCommand, loss } = result;
    const scaled = side === 'stock' && work.stockShare;
    return [
      title,
      shown(epoch),
      own ? `${(epoch / own).toFixed(epoch / own < 10 ? 2 : 0)}` : '',
      mark(work.targets[side], epoch),
      ratio(work, side, epoch, results.keras?.epoch),
      shown(before.import),
      shown(before.data),
      scaled ? '-' : shown(first),
      scaled ? '-' : shown(fromCommand),
      loss.toFixed(3),
    ];
  });
  const head = [
    '',
    unit,
    '/ wellfit',
    'target',
    '/ Keras',
    'import',
    'data',
    `first ${unit}`,
    `command to epoch ${epochs}`,
    'loss',
  ];
  const failures = Object.entries(results)
    .filter(([, { failed }]) => failed)
    .map(([side, { failed }]) => `${sides[side].title}: ${failed}`);
  return [table([head, ...rows]), ...failures].join('\n\n');
}

/** The table of the kernels, in GFLOP/s, as Markdown. */
export function kernelTable(results, targetOf) {
  const names = Object.keys(Object.values(results).find(({ rates }) => rates)?.rates ?? {});
  const number = (value) => (typeof value === 'number' ? value.toFixed(1) : 'none');
  const rows = names.map((name) => {
    const own = results.wellfit?.rates?.[name];
    const target = targetOf(name);
    return [
      name,
      ...Object.values(results).map(({ rates }) => number(rates?.[name])),
      own === undefined ? '' : `>= ${target} ${own >= target ? 'yes' : 'NO'}`,
    ];
  });
  return table([['', ...Object.keys(results).map((side) => sides[side].title), 'target'], ...rows]);
}

function mark(target, seconds) {
  return target === undefined ? '' : `<= ${shown(target)} ${seconds <= target ? 'yes' : 'NO'}`;
}

/** How many times as long as Keras in the same run, and the target as such a ratio. */
function ratio({ targets, quietKeras }, side, seconds, keras) {
  if (!keras) return '';
  const own = (seconds / keras).toFixed(2);
  const target = targets[side] && targets[side] / quietKeras;
  return target ? `${own} (<= ${target.toFixed(2)} ${seconds / keras <= target ? 'yes' : 'NO'})` : own;
}

/** A Markdown table whose columns are as wide in the terminal. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}
