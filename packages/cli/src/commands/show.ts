import { Command } from 'commander';
import type { Host } from '../host.js';
import type { ShowArguments } from '../run-folders/show-from-command.js';

const HELP = `
Of an experiment: its specification, data and their hashes, the results with verdicts and comparisons, and each run; also
while it runs, and where it was interrupted. Of one run: each of its epochs. Examples:
  $ wellfit show runs/imdb-capacity-20261121-101500-a1b2c3
  $ wellfit show runs/imdb-capacity-20261121-101500-a1b2c3/small/1
  $ wellfit show runs/imdb-capacity-20261121-101500-a1b2c3 --json`;

/** `wellfit show <run>`. */
export function showCommand(host: Host, done: (code: number) => void): Command {
  return new Command('show')
    .description('Show what a run folder holds, or one run of it.')
    .argument('<run>', 'a folder that `wellfit run` made, or that of an arm or of one run in it')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async (reference: string, options: ShowArguments) => {
      const { showFromCommand } = await import('../run-folders/show-from-command.js');
      done(showFromCommand(reference, options, host));
    });
}
