import { Command } from 'commander';
import type { Host } from '../host.js';
import type { RunArguments } from '../run/run-from-command.js';
import {
  addExperimentOptions,
  checkpointOption,
  jobsOption,
  repeatable,
  threadsOption,
} from './experiment-options.js';

const HELP = `
Examples:
  $ wellfit run imdb-capacity
  $ wellfit run my-experiment.yaml --seeds 5 --epochs 10
  $ wellfit run imdb-remedies --arms none,dropout --set regularizers.l2=0.0001
  $ wellfit run synthetic-capacity --set 'arms.tiny.model.units=[2]' --reporter csv

Ctrl-C ends the run after the step in hand and keeps what there is; pressed again it quits at once. After that, and
after a kill, \`wellfit resume\` goes on from the last checkpoint.`;

/** `wellfit run <experiment>`. */
export function runCommand(host: Host, done: (code: number) => void): Command {
  return addExperimentOptions(
    new Command('run').description('Run an experiment: train its arms, compare them, write a report.'),
  )
    .option('--out <folder>', 'where the folder of this run is made', 'runs')
    .option('--reporter <name>', 'one more reporter, see `wellfit list reporters` (repeatable)', repeatable)
    .option('--no-report', 'write no HTML report and no figures')
    .option('--no-models', 'do not keep the trained models')
    .addOption(jobsOption())
    .addOption(checkpointOption())
    .addOption(threadsOption())
    .option('--resume', 'go on with the newest interrupted run of the same experiment, if there is one')
    .option('--no-resume', 'start a new run without asking')
    .option('-q, --quiet', 'show only where the results are')
    .addHelpText('after', HELP)
    .action(async (experiment: string, options: RunArguments) => {
      const { runFromCommand } = await import('../run/run-from-command.js');
      done(await runFromCommand(experiment, options, host));
    });
}
