import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defer, ignoreElements, tap } from 'rxjs';

/**
 * A reporter: says the lowest validation loss of each run as it ends, and writes all of them to `lowest-losses.json`.
 *
 * @param {{ digits?: number }} [options] Decimal places of the lines, default 4.
 * @param {import('@wellfit/core').ReporterHost} host
 * @returns {import('@wellfit/core').Reporter}
 */
export default function lowestLosses({ digits = 4 } = {}, host) {
  return {
    name: 'lowest-losses',

    connect: (events$) =>
      defer(() => {
        // By run, as several may go on at the same time.
        const lowest = new Map();

        const see = (event) => {
          const run = `${event.arm}, seed ${event.seed}`;
          if (event.type === 'run:start') {
            // Also where it starts again: what an earlier try has told is no longer true.
            lowest.set(run, Infinity);
          } else if (event.type === 'epoch:end') {
            lowest.set(run, Math.min(lowest.get(run), event.logs.val_loss));
          } else if (event.type === 'run:end' && lowest.has(run) && !event.recorded) {
            // Recorded ends were told when they happened.
            host.stdout.write(
              `${run}: ${event.status}, lowest val_loss ${lowest.get(run).toFixed(digits)}\n`,
            );
          }
        };
        const write = () => {
          const content = JSON.stringify(Object.fromEntries(lowest), null, 2);
          writeFileSync(join(host.folder, 'lowest-losses.json'), `${content}\n`);
        };
        return events$.pipe(tap({ next: see, complete: write }), ignoreElements());
      }),
  };
}

lowestLosses.plugin = {
  kind: 'reporter',
  name: 'lowest-losses',
  description: 'Says the lowest validation loss of each run, and writes them to a file.',
};
