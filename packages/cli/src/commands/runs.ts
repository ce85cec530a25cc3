import { Command, Option } from 'commander';
import type { Host } from '../host.js';
import type { RunsArguments } from '../run-folders/runs-from-command.js';

const HELP = `
running: a process is at work; interrupted: \`wellfit resume\` goes on with it; failed: runs of it ended by an error.
Examples:
  $ wellfit runs
  $ wellfit runs results --name imdb --state interrupted
  $ wellfit runs --json`;

/** `wellfit runs [folder]`. */
export function runsCommand(host: Host, done: (code: number) => void): Command {
  return new Command('runs')
    .description('List the run folders of a folder, the newest first.')
    .argument('[folder]', 'a folder that holds run folders', 'runs')
    .option('--name <text>', 'only those with this in the name of the folder or experiment')
    .addOption(
      new Option('--state <state>', 'only those in this state').choices([
        'running',
        'interrupted',
        'completed',
        'failed',
      ]),
    )
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async (folder: string, options: RunsArguments) => {
      const { runsFromCommand } = await import('../run-folders/runs-from-command.js');
      done(await runsFromCommand(folder, options, host));
    });
}
