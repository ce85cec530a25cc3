import type { ReporterOutput } from '@wellfit/core';
import { Command, CommanderError } from 'commander';
import { compareCommand } from './commands/compare.js';
import { dataCommand } from './commands/data.js';
import { doctorCommand } from './commands/doctor.js';
import { evaluateCommand } from './commands/evaluate.js';
import { exportCommand } from './commands/export.js';
import { importCommand } from './commands/import.js';
import { listCommand } from './commands/list.js';
import { nativeCommand } from './commands/native.js';
import { predictCommand } from './commands/predict.js';
import { printConfigCommand } from './commands/print-config.js';
import { replayCommand } from './commands/replay.js';
import { reportCommand } from './commands/report.js';
import { resumeCommand } from './commands/resume.js';
import { runCommand } from './commands/run.js';
import { runsCommand } from './commands/runs.js';
import { schemaCommand } from './commands/schema.js';
import { showCommand } from './commands/show.js';
import { exitCodes } from './exit-codes.js';
import type { Host } from './host.js';
import { ownVersion } from './own-version.js';
import { printable } from './printable.js';

const HELP = `
Examples:
  $ wellfit run imdb-capacity
  $ wellfit run imdb-remedies --seeds 5 --set training.epochs=10
  $ wellfit run my-experiment.yaml --arms base,l2 --out results
  $ wellfit print-config imdb-capacity > my-experiment.yaml
  $ wellfit list regularizers

Exit codes: 0 all well, 1 a run, a reporter or the environment failed, 2 wrong arguments or experiment file,
3 a replay differs from its record, 130 stopped by Ctrl-C, 143 terminated. WELLFIT_DEBUG=1 shows stack traces.`;

/**
 * Runs the command.
 *
 * @returns The exit code; errors have been written to `host.stderr`.
 * @example
 * process.exitCode = await main(processHost());
 */
export async function main(host: Host): Promise<number> {
  return host.finish(await runCommandLine({ ...host, stderr: plainOutput(host.stderr) }));
}

async function runCommandLine(host: Host): Promise<number> {
  let code: number = exitCodes.ok;
  const program = new Command('wellfit')
    .description(
      'Finds the model that fits well: runs experiments on capacity and regularization and compares their arms.',
    )
    .version(ownVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', HELP)
    .showHelpAfterError('(wellfit --help shows what there is)');
  const done = (result: number): void => {
    code = result;
  };
  for (const command of [
    runCommand,
    resumeCommand,
    runsCommand,
    showCommand,
    compareCommand,
    reportCommand,
    replayCommand,
    evaluateCommand,
    predictCommand,
    exportCommand,
    importCommand,
    dataCommand,
    printConfigCommand,
    listCommand,
    schemaCommand,
    doctorCommand,
    nativeCommand,
  ]) {
    program.addCommand(command(host, done));
  }
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getErrHelpWidth: () => host.stderr.columns ?? 100,
    });
  }
  try {
    if (host.argv.length === 0) program.outputHelp();
    else await program.parseAsync(host.argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written its message, and ends by this error after help and version too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.badInput;
    // Loaded only now: it needs core, which is too heavy for `--help`.
    const { reportError } = await import('./report-error.js');
    return reportError(error, host);
  }
}

/** The output for messages: text only, whatever the files contain that the messages quote. */
function plainOutput(output: ReporterOutput): ReporterOutput {
  const { isTTY, columns, rows } = output;
  return { isTTY, columns, rows, write: (text) => output.write(printable(text)) };
}
