import { Command } from 'commander';
import type { Host } from '../host.js';
import { addDataChoice, addRunChoice, choicesOf, type ModelArguments } from './model-options.js';

const HELP = `
The output is CSV: the row within the split, its target, the prediction, and what the model gives for each class (its
probability). Examples:
  $ wellfit predict runs/mnist-mlp-20261121-101500-a1b2c3 --arms base --seed 1 --rows 0-9
  $ wellfit predict model.h5 --dataset mnist > predictions.csv`;

/** `wellfit predict <run-or-model>`. */
export function predictCommand(host: Host, done: (code: number) => void): Command {
  const command = new Command('predict').description(
    'Print what a trained model predicts for rows of a dataset.',
  );
  return addDataChoice(addRunChoice(command))
    .option('--rows <rows>', 'row numbers within the split, for instance 0-9,17; all by default')
    .option('--json', 'print a line of JSON for each row instead')
    .addHelpText('after', HELP)
    .action(
      async (reference: string, options: ModelArguments & { readonly json?: boolean; rows?: string }) => {
        const { activateBackend } = await import('../saved-models/activate-backend.js');
        const { parseRows } = await import('../saved-models/parse-rows.js');
        const { printPredictions } = await import('../saved-models/print-predictions.js');
        const { interruptible } = await import('../run/interruptible.js');
        const rows = options.rows === undefined ? undefined : parseRows(options.rows);
        const choices = await choicesOf(options);
        done(
          await interruptible(host, async (signal) => {
            await activateBackend(options.backend, options);
            const { split, json = false } = options;
            await printPredictions({ ...choices, reference, split, signal, rows, json }, host);
            return 0;
          }),
        );
      },
    );
}
