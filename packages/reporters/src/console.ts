import {
  definePlugin,
  runKey,
  type ExperimentEvent,
  type Reporter,
  type ReporterHost,
  type RunScope,
} from '@wellfit/core';
import { defer, ignoreElements, tap } from 'rxjs';
import { z } from 'zod';
import { formatBytes, formatCount, formatDuration, formatMetric } from './number-format.js';
import { backendText } from './numerics.js';
import { resultsTable } from './results-table.js';
import { type Colors, colorsFor, printable, printableLine } from './terminal-text.js';

/** What Keras prints, and Keras users look for. */
const briefLogs = ['loss', 'accuracy', 'val_loss', 'val_accuracy'];

const options = z
  .strictObject({
    logs: z
      .union([z.literal('all'), z.array(z.string().min(1))])
      .default(briefLogs)
      .describe('Which logs to print after each epoch: their keys, or `all`.'),
    summary: z.boolean().default(false).describe("Print the model's table of layers when an arm starts."),
  })
  .prefault({});

/** Options of {@link consoleReporter}. */
export type ConsoleOptions = z.input<typeof options>;

/**
 * Prints an experiment as lines of text, as Keras does: two lines per epoch, and at the end the results table with
 * each arm's verdict and its evidence. Colored on a terminal, plain in a pipe or file.
 */
export const consoleReporter = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'console',
  description: 'Prints a line per epoch, and the results table at the end.',
  options,
  create: ({ logs, summary }, { stdout }) => ({
    name: 'console',
    connect: (events$) =>
      defer(() => {
        const linesOf = narrator({ logs, summary }, colorsFor(stdout), () =>
          stdout.isTTY === true ? stdout.columns : undefined,
        );
        return events$.pipe(
          tap((event) => {
            const lines = linesOf(event);
            if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`);
          }),
          ignoreElements(),
        );
      }),
  }),
});

function narrator(
  { logs, summary }: z.output<typeof options>,
  colors: Colors,
  width: () => number | undefined,
): (event: ExperimentEvent) => string[] {
  const loading = loadingLines();
  const summarized = new Set<string>();
  const sizes = new Map<string, { readonly epochs: number; readonly steps: number }>();
  // Lines of several runs come mixed: then each says whose it is.
  let isMixed = false;
  const named = (event: RunScope, text: string): string =>
    isMixed ? `${printable(event.arm)}, seed ${event.seed}: ${text}` : text;
  return (event) => {
    // What happened before an interruption was told then.
    if ('arm' in event && event.recorded && event.type !== 'run:start' && event.type !== 'run:end') return [];
    switch (event.type) {
      case 'experiment:start': {
        const { name, description, arms, seeds, backendReason, jobs = 1 } = event;
        isMixed = jobs > 1;
        const size = `${plural(arms.length, 'arm')} × ${plural(seeds.length, 'seed')}, backend ${printable(backendText(event))}`;
        const about = description === undefined ? [] : [printable(description)];
        const why = backendReason === undefined ? [] : [`backend: ${printable(backendReason)}`];
        return [`${colors.bold(printable(name))} (${size})`, ...why.map(colors.dim), ...about];
      }
      case 'dataset:progress':
        return loading(event);
      case 'dataset:ready': {
        const rows = Object.entries(event.sizes).filter(([, count]) => count > 0);
        const text = rows.map(([split, count]) => `${formatCount(count)} ${printable(split)}`).join(', ');
        return [`${printable(event.dataset)}: ${text} rows`];
      }
      case 'run:start': {
        const { epochs, stepsPerEpoch: steps } = event;
        sizes.set(runKey(event), { epochs, steps });
        const size = `${formatCount(event.parameters)} parameters, ${plural(epochs, 'epoch')} of ${plural(steps, 'step')}`;
        const isNew = !summarized.has(event.arm);
        summarized.add(event.arm);
        const table = summary && isNew ? event.summary.split('\n').map(printableLine) : [];
        const gap = isMixed ? [] : [''];
        return [
          ...gap,
          `${colors.bold(`Arm ${printable(event.arm)}, seed ${event.seed}`)} (${size})`,
          ...table,
        ];
      }
      case 'epoch:start':
        return isMixed ? [] : [colors.dim(`Epoch ${event.epoch}/${sizes.get(runKey(event))?.epochs}`)];
      case 'epoch:end': {
        const keys = logs === 'all' ? Object.keys(event.logs) : logs.filter((key) => key in event.logs);
        const values = keys.map((key) => `${printable(key)}: ${formatMetric(event.logs[key])}`);
        const { epochs, steps } = sizes.get(runKey(event)) ?? {};
        const what = isMixed ? `epoch ${event.epoch}/${epochs}` : `${steps}/${steps}`;
        return [named(event, [what, formatDuration(event.durationMs), ...values].join(' - '))];
      }
      case 'run:end': {
        const restored =
          event.restoredEpoch === undefined ? '' : `; has the weights of epoch ${event.restoredEpoch}`;
        const text = `${event.status} after ${plural(event.epochs, 'epoch')}: ${printable(event.reason)}${restored}`;
        const isBad = event.status === 'failed' || event.status === 'diverged';
        return [isBad ? colors.red(named(event, text)) : named(event, text)];
      }
      case 'warning':
        return [colors.yellow(`Warning from ${printable(event.from)}: ${printable(event.message)}`)];
      case 'experiment:end': {
        const head = `${event.status === 'completed' ? 'Completed' : 'Cancelled'} in ${formatDuration(event.durationMs)}.`;
        return ['', head, '', resultsTable(event.analysis, colors, width()).trimEnd()];
      }
      case 'step:end':
      case 'training:end':
      case 'distributions':
        return [];
    }
  };
}

/** Says a line per quarter of a file, or per 10 MB where its size is unknown: a pipe has no bar to redraw. */
function loadingLines(): (event: Extract<ExperimentEvent, { type: 'dataset:progress' }>) => string[] {
  const said = new Map<string, number>();
  return ({ dataset, stage, file, done, total }) => {
    const key = `${dataset}\n${stage}\n${file}`;
    const part = total === undefined || total <= 0 ? Math.floor(done / 1e7) : Math.floor((4 * done) / total);
    if (part === said.get(key)) return [];
    said.set(key, part);
    const size =
      total === undefined || total <= 0
        ? formatBytes(done)
        : `${Math.floor((100 * done) / total)} % of ${formatBytes(total)}`;
    return [`${printable(dataset)}: ${printable(stage)} ${printable(file)}, ${size}`];
  };
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
