import { Option, type Command } from 'commander';
import type { DataChoice } from '../saved-models/model-data.js';
import type { RunChoice } from '../saved-models/find-runs.js';
import { names, numericsOption, repeatable, threadsOption, wholeNumber } from './experiment-options.js';

/** What the options below give. */
export interface ModelArguments {
  readonly arms?: readonly string[];
  readonly seed?: number;
  readonly dataset?: string;
  readonly set?: readonly string[];
  readonly split?: 'train' | 'validation' | 'test';
  readonly backend: 'auto' | 'wasm' | 'native' | 'cpu';
  readonly numerics: 'exact' | 'fast';
  readonly threads: number | 'auto';
}

/** Adds the argument and options of commands that choose trained models of a run folder. */
export function addRunChoice(command: Command): Command {
  return command
    .argument('<run-or-model>', 'a run folder, an arm or run in it, or the folder or file of a model')
    .option('--arms <names>', 'only the models of these arms, separated by commas', names)
    .option('--seed <number>', 'only the models of this seed', wholeNumber);
}

/** Adds the options that say on which data a model is to work. */
export function addDataChoice(command: Command): Command {
  return command
    .option('--dataset <name>', 'data for a model without a run, or instead of what it was trained on')
    .option(
      '--set <path=value>',
      'change a value, for instance --set dataset.numWords=1000 (repeatable)',
      repeatable,
    )
    .addOption(
      new Option(
        '--split <name>',
        'which rows: the test rows by default, or the validation rows of data without test rows',
      ).choices(['train', 'validation', 'test']),
    )
    .addOption(
      new Option('--backend <name>', 'what computes')
        .choices(['auto', 'wasm', 'native', 'cpu'])
        .default('auto'),
    )
    .addOption(numericsOption().default('exact'))
    .addOption(threadsOption());
}

/** Turns the options into choices. */
export async function choicesOf({
  arms,
  seed,
  dataset,
  set = [],
}: ModelArguments): Promise<RunChoice & DataChoice> {
  const { parseSet } = await import('../experiments/parse-set.js');
  return {
    ...(arms !== undefined && { arms }),
    ...(seed !== undefined && { seed }),
    ...(dataset !== undefined && { dataset }),
    overrides: set.map(parseSet),
  };
}
