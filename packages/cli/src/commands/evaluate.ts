import { Command } from 'commander';
import type { Host } from '../host.js';
import { addDataChoice, addRunChoice, choicesOf, type ModelArguments } from './model-options.js';

const HELP = `
loss contains the penalty, as in Keras; data_loss does not. Examples:
  $ wellfit evaluate runs/mnist-mlp-20261121-101500-a1b2c3
  $ wellfit evaluate runs/mnist-mlp-20261121-101500-a1b2c3 --arms base --seed 1 --split validation
  $ wellfit evaluate model.keras --dataset mnist`;

/** `wellfit evaluate <run-or-model>`. */
export function evaluateCommand(host: Host, done: (code: number) => void): Command {
  const command = new Command('evaluate').description(
    'Evaluate trained models, by default on the test rows.',
  );
  return addDataChoice(addRunChoice(command))
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async (reference: string, options: ModelArguments & { readonly json?: boolean }) => {
      const { activateBackend } = await import('../saved-models/activate-backend.js');
      const { evaluateModels } = await import('../saved-models/evaluate-models.js');
      const { renderEvaluations } = await import('../saved-models/render-evaluations.js');
      const { interruptible } = await import('../run/interruptible.js');
      const choices = await choicesOf(options);
      done(
        await interruptible(host, async (signal) => {
          await activateBackend(options.backend, options);
          const { split } = options;
          const found = await evaluateModels({ ...choices, reference, split, signal }, host);
          host.stdout.write(
            options.json ? `${JSON.stringify(found, null, 2)}\n` : renderEvaluations(found, host.cwd),
          );
          return 0;
        }),
      );
    });
}
