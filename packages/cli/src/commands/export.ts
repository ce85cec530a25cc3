import { Command, Option } from 'commander';
import type { Host } from '../host.js';
import { addRunChoice } from './model-options.js';

const HELP = `
tfjs is a folder that tf.loadLayersModel opens; keras-h5 (.h5) and keras (.keras) are files that
keras.models.load_model opens. The models give probabilities, as Keras models do. Examples:
  $ wellfit export runs/mnist-mlp-20261121-101500-a1b2c3 --arms base --seed 1 --out mnist.keras
  $ wellfit export runs/mnist-mlp-20261121-101500-a1b2c3/base/1 --format tfjs --out web/mnist`;

/** What the options give. */
export interface ExportArguments {
  readonly arms?: readonly string[];
  readonly seed?: number;
  readonly format?: 'tfjs' | 'keras-h5' | 'keras';
  readonly out?: string;
  readonly force?: boolean;
}

/** `wellfit export <run-or-model>`. */
export function exportCommand(host: Host, done: (code: number) => void): Command {
  return addRunChoice(new Command('export').description('Write a trained model for TensorFlow.js or Keras.'))
    .addOption(
      new Option(
        '--format <name>',
        'what to write; by default what the ending of --out says, else tfjs',
      ).choices(['tfjs', 'keras-h5', 'keras']),
    )
    .option('--out <path>', 'folder (tfjs) or file; <arm>-<seed> with the ending of the format by default')
    .option('--force', 'write over what is there')
    .addHelpText('after', HELP)
    .action(async (reference: string, options: ExportArguments) => {
      const { exportModel } = await import('../saved-models/export-model.js');
      host.stdout.write(await exportModel(reference, options, host.cwd));
      done(0);
    });
}
