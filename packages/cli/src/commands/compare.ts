import { Command } from 'commander';
import type { Host } from '../host.js';
import type { CompareArguments } from '../run-folders/compare-from-command.js';

const HELP = `
Arms of the same name are compared, those of the first folder being the baseline; or the arms that the paths name. Runs are
paired by seed. Losses on other data, or on other rows of it, are never compared. Examples:
  $ wellfit compare runs/imdb-capacity-20261121-101500-a1b2c3 runs/imdb-capacity-20261122-090000-d4e5f6
  $ wellfit compare runs/imdb-capacity-20261121-101500-a1b2c3/base runs/imdb-remedies-20261121-111500-b2c3d4/l2

Exit code 1 where nothing could be compared.`;

/** `wellfit compare <run> <run...>`. */
export function compareCommand(host: Host, done: (code: number) => void): Command {
  return new Command('compare')
    .description(
      'Compare arms of several run folders: their specifications and, paired by seed, their results.',
    )
    .argument('<run>', 'the baseline: a folder that `wellfit run` made, or that of an arm in it')
    .argument('<others...>', 'what is compared with it')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async (first: string, others: readonly string[], options: CompareArguments) => {
      const { compareFromCommand } = await import('../run-folders/compare-from-command.js');
      done(compareFromCommand([first, ...others], options, host));
    });
}
