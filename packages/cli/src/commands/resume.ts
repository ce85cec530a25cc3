import { Command } from 'commander';
import type { Host } from '../host.js';
import type { ResumeArguments } from '../resume/resume-from-command.js';
import { checkpointOption, jobsOption, repeatable, threadsOption } from './experiment-options.js';

const HELP = `
Runs that have ended stay as they are; the others go on from their last checkpoint, or begin. The end is the same, bit
for bit, as if nothing had come between. Example:
  $ wellfit resume runs/imdb-capacity-20261121-101500-a1b2c3`;

/** `wellfit resume <run-folder>`. */
export function resumeCommand(host: Host, done: (code: number) => void): Command {
  return new Command('resume')
    .description('Go on with an experiment that was interrupted or killed.')
    .argument('<run-folder>', 'a folder that `wellfit run` made')
    .option('--anew', 'train unfinished runs from their first epoch, also with another version')
    .option('--reporter <name>', 'one more reporter, see `wellfit list reporters` (repeatable)', repeatable)
    .option('--no-report', 'write no HTML report and no figures')
    .option('--no-models', 'do not keep the trained models')
    .addOption(jobsOption())
    .addOption(checkpointOption())
    .addOption(threadsOption())
    .option('-q, --quiet', 'show only where the results are')
    .addHelpText('after', HELP)
    .action(async (folder: string, options: ResumeArguments) => {
      const { resumeFromCommand } = await import('../resume/resume-from-command.js');
      done(await resumeFromCommand(folder, options, host));
    });
}
