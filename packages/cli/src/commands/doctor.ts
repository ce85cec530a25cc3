import { Command } from 'commander';
import type { Host } from '../host.js';

/** `wellfit doctor`. */
export function doctorCommand(host: Host, done: (code: number) => void): Command {
  return new Command('doctor')
    .description('Check this machine: backends and which would be chosen, Node, memory, the cache.')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit code 0 when experiments can run here, else 1.')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { examine } = await import('../doctor/examine.js');
      const { renderFindings } = await import('../doctor/render-findings.js');
      const findings = await examine(host.env);
      host.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : renderFindings(findings));
      done(findings.every(({ status }) => status !== 'bad') ? 0 : 1);
    });
}
