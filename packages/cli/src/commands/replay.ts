import { Command, InvalidArgumentError, Option } from 'commander';
import type { Host } from '../host.js';
import type { ReplayArguments } from '../replay/replay-from-command.js';
import { names, threadsOption, wholeNumber } from './experiment-options.js';

const HELP = `
The digest of weights and optimizer state is compared after every epoch. On the recorded backend all bits must be the
same, with the recorded numerics; on another one (--backend), and on native with another TensorFlow or processor, the losses
of the first 3 epochs may be off by 0.001 or 1 %, whichever is more. Examples:
  $ wellfit replay runs/mnist-mlp-20261121-101500-a1b2c3
  $ wellfit replay runs/mnist-mlp-20261121-101500-a1b2c3/base/1 --epochs 3
  $ wellfit replay runs/mnist-mlp-20261121-101500-a1b2c3 --arms base --backend cpu

Exit code 0 when all is the same, 3 at the first epoch that differs. Nothing is written.`;

/** `wellfit replay <run>`. */
export function replayCommand(host: Host, done: (code: number) => void): Command {
  return new Command('replay')
    .description('Train a recorded run again and compare it, epoch by epoch.')
    .argument('<run>', 'a folder that `wellfit run` made, or that of an arm or of one run in it')
    .option('--arms <names>', 'only the runs of these arms, separated by commas', names)
    .option('--seed <number>', 'only the runs of this seed', wholeNumber)
    .option('--epochs <number>', 'end each run after so many epochs', fromOne)
    .addOption(
      new Option('--backend <name>', 'what computes; by default what is recorded').choices([
        'wasm',
        'native',
        'cpu',
      ]),
    )
    .addOption(threadsOption())
    .option('-q, --quiet', 'show only the result')
    .option('--json', 'print the result as JSON, and nothing else')
    .addHelpText('after', HELP)
    .action(async (reference: string, options: ReplayArguments) => {
      const { replayFromCommand } = await import('../replay/replay-from-command.js');
      const { interruptible } = await import('../run/interruptible.js');
      done(await interruptible(host, (signal) => replayFromCommand(reference, options, host, signal)));
    });
}

function fromOne(value: string): number {
  const number = wholeNumber(value);
  if (number >= 1) return number;
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
