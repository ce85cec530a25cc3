import { Command, Option } from 'commander';
import type { Host } from '../host.js';
import { repeatable } from './experiment-options.js';

const HELP = `
Downloads the data on first use. The figure shows what a model reads: images with their labels, or for reviews which
words occur in one. Examples:
  $ wellfit data show mnist
  $ wellfit data show cifar10 --out cifar10.png
  $ wellfit data show imdb --set numWords=1000 --rows 3`;

/** What the options give. */
export interface DataArguments {
  readonly split: 'train' | 'validation' | 'test';
  readonly rows?: string;
  readonly set?: readonly string[];
  readonly out?: string;
}

/** `wellfit data show <dataset>`. */
export function dataCommand(host: Host, done: (code: number) => void): Command {
  const show = new Command('show')
    .description('Show rows of a dataset, its sizes, classes and origin.')
    .argument('<dataset>', 'name of a dataset, see `wellfit list datasets`')
    .addOption(
      new Option('--split <name>', 'which rows').choices(['train', 'validation', 'test']).default('train'),
    )
    .option('--rows <rows>', 'row numbers within the split, for instance 0-9,17; the first ones by default')
    .option(
      '--set <option=value>',
      'an option of the dataset, for instance --set validation=0.1 (repeatable)',
      repeatable,
    )
    .option('--out <file>', 'write the figure to this .png or .svg file, besides drawing it in the terminal')
    .addHelpText('after', HELP)
    .action(async (name: string, options: DataArguments) => {
      const { showData } = await import('../data/show-data.js');
      const { interruptible } = await import('../run/interruptible.js');
      done(await interruptible(host, (signal) => showData(name, options, host, signal)));
    });
  return new Command('data').description('Look at the datasets.').addCommand(show);
}
