import {
  applyOverrides,
  isWellfitError,
  parseExperiment,
  planExperiment,
  problemText,
  type AppliedOverride,
  type ExperimentPlan,
  type ExperimentSpec,
  type Problem,
} from '@wellfit/core';
import { CliError } from '../errors.js';
import type { Host } from '../host.js';
import { builtinPlugins } from '../plugins/builtin-plugins.js';
import { withThirdParty, type FoundPlugins } from '../plugins/with-third-party.js';
import { parseExperimentText, type ExperimentDocument } from './experiment-document.js';
import { findExperiment } from './find-experiment.js';
import type { LabelledOverride } from './parse-set.js';
import { keepArms } from './keep-arms.js';
import { checkReporters } from './check-reporters.js';

/** What the command line changes of an experiment. */
export interface ExperimentChanges {
  readonly overrides?: readonly LabelledOverride[];
  /** Epoch limit of every arm. */
  readonly epochs?: number;
  /** Only these arms. */
  readonly arms?: readonly string[];
}

/** An experiment that is ready to run. */
export interface LoadedExperiment extends FoundPlugins {
  readonly spec: ExperimentSpec;
  readonly plan: ExperimentPlan;
  /** Where third-party plugins were looked for; absent where it names none. */
  readonly pluginFolders?: readonly string[];
}

/**
 * Reads an experiment, applies what the command line changes, loads its plugins and checks everything.
 *
 * @param reference Name of a built-in experiment, or the path of a file.
 * @throws CliError with `file:line:column path: message` for every problem.
 */
export async function loadExperiment(
  reference: string,
  changes: ExperimentChanges,
  { cwd }: Pick<Host, 'cwd'>,
): Promise<LoadedExperiment> {
  const source = await findExperiment(reference, cwd);
  const document = parseExperimentText(source.text, source.format, source.label);
  const overrides = [...(changes.overrides ?? []), ...epochOverrides(document.data, changes.epochs)];
  const { input, applied } = applyOverrides(document.data, overrides);
  const places: Places = { label: source.label, document, applied };
  return located(places, async () => {
    const spec = keepArms(parseExperiment(input), changes.arms);
    const folders = [source.folder, cwd];
    const found = await withThirdParty(await builtinPlugins(), spec.plugins, folders);
    const plan = planExperiment(spec, found.plugins);
    checkReporters(spec.reporters, found.plugins, cwd);
    return { ...found, spec, plan, ...(spec.plugins.length > 0 && { pluginFolders: folders }) };
  });
}

/** `--epochs` holds for every arm, also for those that set their own limit. */
function epochOverrides(data: unknown, epochs: number | undefined): LabelledOverride[] {
  if (epochs === undefined) return [];
  const label = `--epochs ${epochs}`;
  const { arms } = data as {
    readonly arms?: Readonly<Record<string, { training?: { epochs?: unknown } } | null>>;
  };
  const own = Object.entries(arms ?? {}).filter(([, arm]) => arm?.training?.epochs !== undefined);
  return ['training.epochs', ...own.map(([name]) => `arms.${name}.training.epochs`)].map((path) => ({
    path,
    value: epochs,
    label,
  }));
}

interface Places {
  readonly label: string;
  readonly document: ExperimentDocument;
  readonly applied: readonly (LabelledOverride & AppliedOverride)[];
}

/** Turns the problems of an error into lines with the places where they were written. */
async function located<T>(places: Places, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!isWellfitError(error) || error.problems.length === 0) throw error;
    const lines = error.problems.map((problem) => `${placeOf(problem, places)}: ${problemText(problem)}`);
    const count = lines.length === 1 ? '' : ` (${lines.length} problems)`;
    throw new CliError(error.code, [`the experiment is not valid${count}`, ...lines].join('\n  '), {
      cause: error,
      problems: error.problems,
    });
  }
}

function placeOf(problem: Problem, { label, document, applied }: Places): string {
  const path = problem.path.join('.');
  const override =
    applied.findLast(({ keys }) => startsWith(problem.path, keys)) ??
    // A wrong key on the way to what an override set is that override's, unless the file has it too.
    (document.has(problem.path) ? undefined : applied.findLast(({ keys }) => startsWith(keys, problem.path)));
  if (override) return `${override.label} (${path})`;
  const { line, column } = document.locate(problem);
  return [`${label}:${line}:${column}`, ...(path ? [path] : [])].join(' ');
}

function startsWith(path: Problem['path'], start: Problem['path']): boolean {
  return start.length > 0 && start.every((key, i) => path[i] === key);
}
