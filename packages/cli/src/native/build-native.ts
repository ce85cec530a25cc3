import { resolve } from 'node:path';
import { buildAddon, planBuild, type BuildPlan, type BuildStage } from '@wellfit/backends';
import type { BuildArguments } from '../commands/native.js';
import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { printable } from '../printable.js';

/**
 * Builds the addon of the native backend and says what was done.
 *
 * @returns The exit code.
 */
export async function buildNative(
  { tensorflow, nodeHeaders, compiler, dryRun = false }: BuildArguments,
  host: Host,
  signal: AbortSignal,
): Promise<number> {
  const plan = await planBuild({
    compiler,
    ...(tensorflow !== undefined && { tensorflow: resolve(host.cwd, tensorflow) }),
    ...(nodeHeaders !== undefined && { nodeHeaders: resolve(host.cwd, nodeHeaders) }),
  });
  host.stdout.write(describePlan(plan));
  if (dryRun) {
    host.stdout.write('Nothing was built, as this is a dry run.\n');
    return exitCodes.ok;
  }
  const progress = new Progress(host);
  try {
    const onStage = (stage: BuildStage): void => progress.enter(stage);
    const { version, compileSeconds, trySeconds } = await buildAddon(plan, { signal, onStage });
    progress.end();
    host.stdout.write(
      `Built in ${compileSeconds.toFixed(1)} s, tried in ${trySeconds.toFixed(1)} s: TensorFlow ${version} ` +
        `multiplied two matrices and was right.\n` +
        `Use it:  wellfit run <experiment> --backend native\n` +
        `Undo it: rm ${quoted(plan.addon)}\n`,
    );
    return exitCodes.ok;
  } catch (error) {
    progress.end();
    if (signal.aborted) host.stderr.write('interrupted: the build was stopped, and nothing was changed\n');
    throw error;
  } finally {
    progress.end();
  }
}

function describePlan(plan: BuildPlan): string {
  const { tfjsNode, tensorflow, foundBy, compiler, addon, replaces } = plan;
  const command = [compiler, ...plan.compilerArguments(addon)].map(quoted).join(' ');
  return (
    `tfjs-node:  ${printable(tfjsNode.folder)} (${printable(tfjsNode.version)})\n` +
    `TensorFlow: ${printable(tensorflow.folder)} (${foundBy})\n` +
    `addon:      ${printable(addon)}${replaces ? ' (is replaced, once the new one has been tried)' : ''}\n` +
    `command:    ${command}\n`
  );
}

/** As a shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", `'\\''`)}'`;
}

const SAYINGS: Readonly<Record<BuildStage, string>> = {
  compiling: 'compiling the addon',
  trying: 'trying the addon in a process of its own',
};

/** One line on stderr that counts the seconds on a terminal; elsewhere one line for each stage. */
class Progress {
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly host: Host) {}

  enter(stage: BuildStage): void {
    this.end();
    const { stderr } = this.host;
    if (!stderr.isTTY) return void stderr.write(`${SAYINGS[stage]}\n`);
    let seconds = 0;
    const show = (): unknown => stderr.write(`\r${SAYINGS[stage]}: ${seconds++} s`);
    show();
    this.#timer = setInterval(show, 1000);
  }

  end(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.host.stderr.write('\n');
  }
}
