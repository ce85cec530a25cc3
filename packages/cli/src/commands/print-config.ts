import { Command } from 'commander';
import type { Host } from '../host.js';
import { addExperimentOptions, changesOf, type ExperimentArguments } from './experiment-options.js';

/** `wellfit print-config <experiment>`. */
export function printConfigCommand(host: Host, done: (code: number) => void): Command {
  return addExperimentOptions(
    new Command('print-config').description(
      'Check an experiment and print it with all defaults, as YAML that can be run again.',
    ),
  )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ wellfit print-config imdb-capacity --set seeds=3 > mine.yaml')
    .action(async (experiment: string, options: ExperimentArguments & { readonly json?: boolean }) => {
      const { loadExperiment } = await import('../experiments/load-experiment.js');
      const { plan } = await loadExperiment(experiment, await changesOf(options), host);
      const { stringify } = await import('yaml');
      host.stdout.write(options.json ? `${JSON.stringify(plan.spec, null, 2)}\n` : stringify(plan.spec));
      done(0);
    });
}
