import { Command } from 'commander';
import type { Host } from '../host.js';

/** `wellfit schema`. */
export function schemaCommand(host: Host, done: (code: number) => void): Command {
  return new Command('schema')
    .description('Print the JSON Schema of experiment files, for editors.')
    .addHelpText(
      'after',
      '\nExample:\n  $ wellfit schema > experiment.schema.json\n' +
        'then start a YAML experiment with: # yaml-language-server: $schema=./experiment.schema.json',
    )
    .action(async () => {
      const { experimentJsonSchema } = await import('@wellfit/core');
      const { builtinPlugins } = await import('../plugins/builtin-plugins.js');
      host.stdout.write(`${JSON.stringify(experimentJsonSchema(await builtinPlugins()), null, 2)}\n`);
      done(0);
    });
}
