import { Argument, Command } from 'commander';
import type { Host } from '../host.js';
import { listKinds, type ListKind } from '../list/list-kinds.js';

/** `wellfit list [kind]`. */
export function listCommand(host: Host, done: (code: number) => void): Command {
  return new Command('list')
    .description('List what an experiment can name, with descriptions and options.')
    .addArgument(new Argument('[kind]', 'only this kind').choices([...listKinds]))
    .option('--json', 'print JSON, options as JSON Schema')
    .addHelpText('after', '\nExample:\n  $ wellfit list regularizers')
    .action(async (kind: ListKind | undefined, { json }: { readonly json?: boolean }) => {
      const { catalogue } = await import('../list/catalogue.js');
      const { renderCatalogue } = await import('../list/render-catalogue.js');
      const entries = await catalogue(kind ? [kind] : listKinds);
      host.stdout.write(json ? `${JSON.stringify(entries, null, 2)}\n` : renderCatalogue(entries));
      done(0);
    });
}
