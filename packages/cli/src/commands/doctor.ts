import { Command } from 'commander';
import type { Host } from '../host.js';

const HELP = `
--measure times the largest arm of an experiment on each backend, in a process each; without a name, the network of
cifar10-dropout on generated images. It loads the data of the experiment, as a run does. Examples:
  $ wellfit doctor
  $ wellfit doctor --measure
  $ wellfit doctor --measure mnist-mlp --json

Exit code 0 when experiments can run here, else 1.`;

/** What the options give. */
interface DoctorArguments {
  readonly json?: boolean;
  /** `true` where no experiment is named. */
  readonly measure?: string | true;
}

/** `wellfit doctor`. */
export function doctorCommand(host: Host, done: (code: number) => void): Command {
  return new Command('doctor')
    .description('Check this machine: backends and which would be chosen, Node, memory, the cache.')
    .option('--measure [experiment]', 'time a training step on each backend instead')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async ({ json = false, measure }: DoctorArguments) => {
      if (measure !== undefined) {
        const { measureFromCommand } = await import('../doctor/measure-from-command.js');
        const { interruptible } = await import('../run/interruptible.js');
        const reference = measure === true ? undefined : measure;
        const work = (signal: AbortSignal): Promise<number> =>
          measureFromCommand(reference, json, host, signal);
        return done(await interruptible(host, work, ''));
      }
      const { examine } = await import('../doctor/examine.js');
      const { renderFindings } = await import('../doctor/render-findings.js');
      const findings = await examine(host.env);
      host.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : renderFindings(findings));
      done(findings.every(({ status }) => status !== 'bad') ? 0 : 1);
    });
}
