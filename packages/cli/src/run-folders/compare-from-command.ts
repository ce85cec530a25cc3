import { renderComparison } from '@wellfit/reporters';
import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { compareFolders } from './compare-folders.js';
import { openFolders } from './compared-side.js';
import { terminalLook } from './terminal-look.js';

/** What the options of `wellfit compare` give. */
export interface CompareArguments {
  readonly json?: boolean;
}

/**
 * Prints what is not the same in run folders, and how their arms compare.
 *
 * @returns The exit code: `failed` where nothing could be compared.
 * @throws CliError `usage`, `unreadable`, `unknown-arm`, `bad-experiment`; ReporterError as `readRunFolder`.
 */
export function compareFromCommand(
  references: readonly string[],
  { json = false }: CompareArguments,
  host: Host,
): number {
  const compared = compareFolders(openFolders(references, host.cwd));
  if (json) {
    const folders = Object.fromEntries(references.map((reference, i) => [compared.folders[i][0], reference]));
    host.stdout.write(`${JSON.stringify({ ...compared, folders }, null, 2)}\n`);
  } else host.stdout.write(renderComparison(compared, terminalLook(host)));
  return compared.arms.some(({ analysis }) => analysis) ? exitCodes.ok : exitCodes.failed;
}
