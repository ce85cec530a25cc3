import { runVerdict } from '@wellfit/analysis';
import { renderExperiment, renderRun, runFolderPath, shownRun, type ShownRun } from '@wellfit/reporters';
import { resolve } from 'node:path';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { analysisOf } from './analysis-of.js';
import { openRuns, type OpenedRuns } from './open-runs.js';
import { checkpointOf, modelOf, shownPath, stateOf, stateText } from './run-facts.js';
import { terminalLook } from './terminal-look.js';

/** What the options of `wellfit show` give. */
export interface ShowArguments {
  readonly json?: boolean;
}

/**
 * Prints what a run folder holds, or one run of it.
 *
 * @returns The exit code.
 * @throws CliError `unreadable`; ReporterError as `readRunFolder`.
 */
export function showFromCommand(reference: string, { json = false }: ShowArguments, host: Host): number {
  const opened = openRuns(reference, host.cwd);
  const isOneRun = isRunFolder(reference, opened, host.cwd);
  if (isOneRun && opened.runs.length === 0) {
    const state = stateText(stateOf(opened), shownPath(opened.root, host.cwd));
    throw new CliError(
      'unreadable',
      `The run ${reference} has not begun, so there is nothing to show. Its experiment: ${state}.`,
    );
  }
  const shown = isOneRun ? oneRun(opened, host) : experiment(opened, host);
  host.stdout.write(json ? `${JSON.stringify(shown.data(), null, 2)}\n` : shown.text());
  return exitCodes.ok;
}

/** Whether a path means one run, by its folder or that of its model. */
function isRunFolder(reference: string, { root, runs, missing }: OpenedRuns, cwd: string): boolean {
  const path = resolve(cwd, reference);
  const [run, ...others] = [...runs, ...missing];
  return run !== undefined && others.length === 0 && path.startsWith(runFolderPath(root, run));
}

/** The same as text and as data, of which only one is wanted. */
interface Shown {
  text(): string;
  data(): object;
}

function experiment(opened: OpenedRuns, host: Host): Shown {
  const { root, experiment: record, missing, start } = opened;
  const folder = shownPath(root, host.cwd);
  const state = stateOf(opened);
  const runs = opened.runs.map((run) => shownRun(run, state.state === 'running'));
  const analysis = analysisOf(record);
  return {
    text: () =>
      renderExperiment(
        record,
        {
          folder,
          state: stateText(state, folder),
          analysis,
          runs,
          missing,
          modelOf: (run) => modelOf(root, root, run),
        },
        terminalLook(host),
      ),
    data: () => {
      const { type: _, ...rest } = start;
      return {
        folder,
        state: state.state,
        ...(state.owner && { process: state.owner }),
        experiment: { ...rest, durationMs: record.end?.durationMs ?? record.spentMs },
        datasets: record.datasets.map(({ dataset, sizes, provenance }) => ({ dataset, sizes, provenance })),
        warnings: record.warnings.map(({ from, message }) => ({ from, message })),
        analysis,
        runs: runs.map((run) => ({ ...runData(opened, run, host.cwd), epochs: run.epochs.length })),
        missing,
      };
    },
  };
}

function oneRun(opened: OpenedRuns, host: Host): Shown {
  const { root, start } = opened;
  const [recorded] = opened.runs;
  const run = shownRun(recorded, stateOf(opened).state === 'running');
  const judged = runVerdict(recorded, { bestValLoss: bestOn(run.dataset, opened) });
  const folder = shownPath(runFolderPath(root, run), host.cwd);
  const model = modelOf(root, host.cwd, run);
  const checkpoint = checkpointOf(root, host.cwd, run);
  return {
    text: () =>
      renderRun(run, { experiment: start.name, folder, ...judged, model, checkpoint }, terminalLook(host)),
    data: () => ({
      folder,
      experiment: start.name,
      ...runData(opened, run, host.cwd),
      checkpoint,
      ...judged,
    }),
  };
}

/** Curves and distributions are long: distributions are left out, as figures show them. */
function runData(
  { root }: OpenedRuns,
  { distributions: _, ...run }: ShownRun,
  cwd: string,
): Omit<ShownRun, 'distributions'> & { readonly model?: string } {
  return { ...run, model: modelOf(root, cwd, run) };
}

/** The lowest loss of an arm on the same data, beside which a run is judged, as arms are. */
function bestOn(dataset: string, { experiment: record }: OpenedRuns): number | undefined {
  const lowest = (analysisOf(record)?.arms ?? []).flatMap((arm) =>
    arm.dataset === dataset ? (arm.numbers.lowest_val_data_loss?.mean ?? []) : [],
  );
  return lowest.length === 0 ? undefined : Math.min(...lowest);
}
