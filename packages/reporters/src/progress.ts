import { definePlugin, type ExperimentEvent, type Reporter, type ReporterHost } from '@wellfit/core';
import { auditTime, defer, finalize, ignoreElements, tap } from 'rxjs';
import { z } from 'zod';
import { openLiveScreen } from './live-screen.js';
import { formatDuration } from './number-format.js';
import { emptyBoard, updateBoard } from './progress-board.js';
import { renderBoard } from './render-board.js';
import { resultsTable } from './results-table.js';
import { colorsFor, printable, wrap } from './terminal-text.js';

const options = z
  .strictObject({
    interval: z
      .number()
      .min(20)
      .max(60_000)
      .default(100)
      .describe('Shortest time between two frames, in ms.'),
  })
  .prefault({});

/** Options of {@link progress}. */
export type ProgressOptions = z.input<typeof options>;

/**
 * Shows an experiment as a live table on a terminal: a row for each arm and seed with a bar, losses and the curve of
 * the validation loss; at the end, the same results table as the reporter `console`. For pipes, use `console`.
 * Between two frames only the newest state is kept, so a slow terminal slows nothing down.
 */
export const progress = definePlugin<Reporter, typeof options, [ReporterHost]>({
  kind: 'reporter',
  name: 'progress',
  description: 'Shows a live table with bars and sparklines on a terminal.',
  options,
  create: ({ interval }, { stdout }) => ({
    name: 'progress',
    connect: (events$) =>
      defer(() => {
        const colors = colorsFor(stdout);
        const screen = openLiveScreen(stdout);
        let board = emptyBoard;
        let ending = '';
        const draw = () => screen.draw(renderBoard(board, screen.size(), colors));
        const note = (event: ExperimentEvent) => {
          board = updateBoard(board, event);
          const { columns } = screen.size();
          if (event.type === 'experiment:start' && event.backendReason !== undefined) {
            const lines = wrap(`backend: ${printable(event.backendReason)}`, columns);
            screen.print(`${lines.map((line) => colors.dim(line)).join('\n')}\n`);
          }
          if (event.type === 'warning') {
            const lines = wrap(`Warning from ${printable(event.from)}: ${printable(event.message)}`, columns);
            screen.print(`${lines.map((line) => colors.yellow(line)).join('\n')}\n`);
          }
          if (event.type === 'experiment:end') {
            const head = `${event.status === 'completed' ? 'Completed' : 'Cancelled'} in ${formatDuration(event.durationMs)}.`;
            ending = `\n${head}\n\n${resultsTable(event.analysis, colors, columns)}`;
          }
        };
        return events$.pipe(
          tap(note),
          auditTime(interval),
          tap({
            next: draw,
            complete: () => {
              draw();
              screen.close();
              stdout.write(ending);
            },
          }),
          ignoreElements(),
          finalize(() => screen.close()),
        );
      }),
  }),
});
