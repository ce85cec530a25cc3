import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ExperimentChanges } from '../experiments/load-experiment.js';
import type { LabelledOverride } from '../experiments/parse-set.js';

/** What the options below give. */
export interface ExperimentArguments {
  readonly set?: readonly string[];
  readonly seeds?: string;
  readonly epochs?: number;
  readonly arms?: readonly string[];
  readonly backend?: string;
  readonly numerics?: string;
}

/** Adds the options that change an experiment before it is checked. */
export function addExperimentOptions(command: Command): Command {
  return command
    .argument('<experiment>', 'name of a built-in experiment, or path of a YAML or JSON file')
    .option(
      '--set <path=value>',
      'change a value, for instance --set training.batchSize=64 (repeatable)',
      repeatable,
    )
    .option('--seeds <seeds>', 'how many seeds (5 means 1 to 5), or which (1,7,42)')
    .option('--epochs <number>', 'epoch limit of every arm', wholeNumber)
    .option('--arms <names>', 'only these arms, separated by commas', names)
    .addOption(new Option('--backend <name>', 'what computes').choices(['auto', 'wasm', 'native', 'cpu']))
    .addOption(numericsOption());
}

/** Turns the options into changes of the experiment. */
export async function changesOf(options: ExperimentArguments): Promise<ExperimentChanges> {
  const { parseSet } = await import('../experiments/parse-set.js');
  const named: LabelledOverride[] = [];
  const { set = [], seeds, backend, numerics, epochs, arms } = options;
  if (seeds !== undefined) named.push({ path: 'seeds', value: seedsOf(seeds), label: `--seeds ${seeds}` });
  if (backend !== undefined) named.push({ path: 'backend', value: backend, label: `--backend ${backend}` });
  if (numerics !== undefined)
    named.push({ path: 'numerics', value: numerics, label: `--numerics ${numerics}` });
  return {
    overrides: [...set.map(parseSet), ...named],
    ...(epochs !== undefined && { epochs }),
    ...(arms !== undefined && { arms }),
  };
}

/** A count, or a list of seeds; what is neither is left for the schema to refuse. */
function seedsOf(text: string): unknown {
  const value = (part: string): unknown => (/^\s*-?\d+\s*$/.test(part) ? Number(part) : part);
  return text.includes(',') ? text.split(',').map(value) : value(text);
}

/** Collects the values of an option that may be given several times; absent where it is not given. */
export function repeatable(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A list of names, separated by commas. */
export function names(value: string): readonly string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** How kernels round; the experiment file says it too. */
export function numericsOption(): Option {
  return new Option(
    '--numerics <how>',
    'exact: the same bits on every host; fast: fused products and sums, on wasm',
  ).choices(['exact', 'fast']);
}

/** How many threads; no part of an experiment, since it changes no result. */
export function threadsOption(): Option {
  return new Option('--threads <number>', 'threads of the wasm backend; the results do not depend on it')
    .argParser((value) => (value === 'auto' ? value : threadCount(value)))
    .default('auto');
}

/** How many runs at a time; no part of an experiment, since it changes no result. */
export function jobsOption(): Option {
  return new Option('--jobs <number>', 'runs trained at a time, each in a thread of its own')
    .argParser((value) => (value === 'auto' ? value : threadCount(value)))
    .default('auto');
}

/** How often a run's state is kept on disk, so that it can go on after a kill. */
export function checkpointOption(): Option {
  return new Option(
    '--checkpoint-every <seconds>',
    'shortest time between two checkpoints of a run, taken after its epochs; 0 for every epoch, or never',
  )
    .argParser((value) => (value === 'never' ? Infinity : seconds(value)))
    .default(5);
}

function seconds(value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && number >= 0 && number <= 86_400) return number;
  throw new InvalidArgumentError('It must be never or a number of seconds from 0 to 86400.');
}

function threadCount(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw new InvalidArgumentError('It must be auto or a whole number from 1 to 64.');
}

/** @throws InvalidArgumentError for anything but a whole number. */
export function wholeNumber(value: string): number {
  if (/^-?\d+$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number.');
}
