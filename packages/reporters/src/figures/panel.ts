import type { EpochRecord, History } from '@wellfit/core';
import { ReporterError } from '../errors.js';

/** What one panel of a figure shows: a key of the logs for each line style. */
export interface Panel {
  readonly title: string;
  /** Drawn solid. */
  readonly training?: string;
  /** Drawn dashed. */
  readonly validation?: string;
  /** Which of the validation curve's ends is good; it gets a dot. */
  readonly best?: 'lowest' | 'highest';
}

/** A metric by its name, or a panel of one's own. */
export type Metric = string | Panel;

/**
 * The panels for these metrics. `loss` is the pair that can be compared, training and validation loss without penalty
 * (`train_loss`, `val_data_loss`); any other name `x` is `train_x`, or else `x`, beside `val_x`; `learning_rate`
 * works too. Keys that no run has logged are left out, and so are the *default* metrics where nothing is left.
 *
 * @param metrics By default `loss` and `accuracy`.
 * @throws ReporterError `unknown-metric` where no run has logged an asked-for metric, though epochs were finished.
 */
export function choosePanels(histories: readonly History[], metrics?: readonly Metric[]): Panel[] {
  const logged = new Set(
    histories.flatMap(({ epochs }) => epochs.flatMap(({ logs }) => ['learning_rate', ...Object.keys(logs)])),
  );
  return (metrics ?? ['loss', 'accuracy']).flatMap((metric) => {
    const panel = typeof metric === 'string' ? panelOf(metric, logged) : onlyLogged(metric, logged);
    if (panel.training !== undefined || panel.validation !== undefined) return [panel];
    if (metrics === undefined || logged.size === 0) return [];
    const name = typeof metric === 'string' ? metric : metric.title;
    const known = [...logged].sort().join(', ');
    throw new ReporterError('unknown-metric', `No run has logged the metric ${name}; logged are: ${known}.`);
  });
}

/** The value of a key in an epoch. */
export function metricOf({ logs, learningRate }: EpochRecord, key: string): number | undefined {
  return key === 'learning_rate' ? learningRate : logs[key];
}

function panelOf(metric: string, logged: ReadonlySet<string>): Panel {
  const first = (...keys: string[]) => keys.find((key) => logged.has(key));
  if (metric === 'loss') {
    const training = first('train_loss', 'data_loss', 'loss');
    const validation = first('val_data_loss', 'val_loss');
    return { title: 'Loss', best: 'lowest', ...keys(training, validation) };
  }
  if (metric.startsWith('val_')) return { title: titleOf(metric), ...keys(undefined, first(metric)) };
  const panel = { title: titleOf(metric), ...keys(first(`train_${metric}`, metric), first(`val_${metric}`)) };
  return metric === 'accuracy' ? { ...panel, best: 'highest' } : panel;
}

function onlyLogged(panel: Panel, logged: ReadonlySet<string>): Panel {
  const known = (key?: string) => (key !== undefined && logged.has(key) ? key : undefined);
  const { title, best } = panel;
  return { title, ...(best ? { best } : {}), ...keys(known(panel.training), known(panel.validation)) };
}

function keys(training: string | undefined, validation: string | undefined): Partial<Panel> {
  return {
    ...(training !== undefined ? { training } : {}),
    ...(validation !== undefined ? { validation } : {}),
  };
}

function titleOf(metric: string): string {
  const words = metric.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
