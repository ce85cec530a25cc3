import { Command } from 'commander';
import type { Host } from '../host.js';

const HELP = `
What can be imported: layers in a row of the types Dense, Conv2D, MaxPooling2D, Flatten, Activation and
BatchNormalization. The result is a folder that wellfit evaluate, predict and export take. Example:
  $ wellfit import model.keras --out imported
  $ wellfit evaluate imported --dataset mnist`;

/** `wellfit import <model>`. */
export function importCommand(host: Host, done: (code: number) => void): Command {
  return new Command('import')
    .description('Read a model of Keras or TensorFlow.js: check it, show it, and keep it as a folder.')
    .argument('<model>', 'a .keras or .h5 file, or a folder with model.json')
    .option('--out <folder>', 'where the model goes; its name without the ending by default')
    .option('--force', 'write over what is there')
    .addHelpText('after', HELP)
    .action(async (path: string, options: { readonly out?: string; readonly force?: boolean }) => {
      const { importModel } = await import('../saved-models/import-model.js');
      host.stdout.write(await importModel(path, options, host.cwd));
      done(0);
    });
}
