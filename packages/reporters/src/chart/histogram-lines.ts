import type { ExperimentRecord } from '../experiment-record.js';
import {
  columnNames,
  distributionTable,
  spreadText,
  type DistributionCell,
} from '../figures/distribution-table.js';
import { rebin } from '../figures/rebin.js';
import { type Colors, fit, printable, wrap } from '../terminal-text.js';
import { armPaint } from './arm-style.js';

const levels = [...'▁▂▃▄▅▆▇█'];

/** Histograms of weights and activations before and after training, a line per arm and layer; none where none were recorded. */
export function histogramLines(
  { runs }: ExperimentRecord,
  arms: readonly string[],
  columns: number,
  colors: Colors,
): string[] {
  return (['weights', 'activations'] as const).flatMap((kind) => {
    const table = distributionTable(runs, kind);
    if (table === undefined) return [];
    const title = `${kind === 'weights' ? 'Weights' : 'Activations'} before → after training (seed ${table.seed})`;
    const layers = columnNames(table);
    const names = Math.min(20, Math.max(...layers.map((layer) => layer.length)));
    const texts = table.rows.flatMap(({ cells }) =>
      cells.flatMap((cell) => (cell ? [spreadText(cell)] : [])),
    );
    const textWidth = Math.max(...texts.map((text) => text.length));
    // Two histograms, an arrow between them and blanks; the spreads only where they fit beside them.
    const bins = (room: number) => Math.floor((room - 2 - names - 1 - 3) / 2);
    const withText = bins(columns - textWidth - 2);
    const width = Math.min(28, Math.max(4, withText >= 8 ? withText : bins(columns)));
    const lines = table.rows.flatMap(({ arm, cells }) => [
      ...wrap(printable(arm), columns).map((line) => armPaint(Math.max(0, arms.indexOf(arm)), colors)(line)),
      ...cells.flatMap((cell, i) => {
        if (cell === undefined) return [];
        const text = withText >= 8 ? `  ${spreadText(cell)}` : '';
        return [`  ${fit(printable(layers[i]), names)} ${pair(cell, width)}${text}`.trimEnd()];
      }),
    ]);
    return [...wrap(title, columns).map((line) => colors.bold(line)), ...lines, ''];
  });
}

/** Both over the range that holds both, each as high as its own highest bin. */
function pair({ before, after, range }: DistributionCell, bins: number): string {
  const draw = (one: DistributionCell['before']) =>
    one ? blocks(rebin(one, range, bins)) : ' '.repeat(bins);
  return `${draw(before)} → ${draw(after)}`;
}

function blocks(shares: readonly number[]): string {
  const most = Math.max(...shares);
  return shares
    .map((share) => (share === 0 ? ' ' : levels[Math.round((share / most) * (levels.length - 1))]))
    .join('');
}
