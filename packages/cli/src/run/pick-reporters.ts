import type { ExperimentSpec, Reporter, ReporterHost } from '@wellfit/core';
import { CliError } from '../errors.js';
import type { AllPlugins } from '../plugins/builtin-plugins.js';
import { makeReporter } from './make-reporter.js';
import { unknownReporter } from './unknown-reporter.js';

/** What decides who reports. */
export interface ReporterChoice {
  /** Those of the experiment file. */
  readonly uses: ExperimentSpec['reporters'];
  /** Those of `--reporter`. */
  readonly added: readonly string[];
  readonly quiet: boolean;
  readonly report: boolean;
}

type Uses = Record<string, ExperimentSpec['reporters'][string]>;

/**
 * Which reporters a run has, with their options: the run folder always, HTML report and figures unless they are
 * unwanted, and on the screen `progress` (terminal) or `console` (pipe) unless quiet or another one was chosen.
 *
 * @throws CliError `unknown-plugin` for an added name that is not known.
 */
export function reporterUses(
  { uses, added, quiet, report }: ReporterChoice,
  plugins: Pick<AllPlugins, 'reporters' | 'callbacks'>,
  isTTY: boolean,
): Uses {
  for (const name of added) {
    const unknown = unknownReporter(name, plugins);
    if (!unknown) continue;
    const meant = unknown.suggestion === undefined ? '' : `. Did you mean ${unknown.suggestion}?`;
    throw new CliError('unknown-plugin', `--reporter ${name}: ${unknown.message}${meant}`);
  }
  const chosen: Uses = {
    'run-folder': true,
    ...(report && { figure: true, html: true }),
    ...uses,
    ...Object.fromEntries(added.filter((name) => !uses[name]).map((name) => [name, true])),
  };
  const onScreen = 'console' in chosen || 'progress' in chosen;
  const screen: Uses = quiet || onScreen ? {} : { [isTTY ? 'progress' : 'console']: true };
  return Object.fromEntries(
    Object.entries({ ...screen, ...chosen }).filter(([, option]) => option !== false),
  );
}

/** Makes the reporters. */
export function makeReporters(
  uses: Uses,
  reporters: AllPlugins['reporters'],
  host: ReporterHost,
): Reporter[] {
  return Object.entries(uses).map(([name, option]) => makeReporter(reporters[name], option, host));
}
