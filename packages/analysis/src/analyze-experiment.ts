import type { ArmAnalysis, ExperimentAnalysis, History, Summary } from '@wellfit/core';
import { armVerdict } from './arm-verdict.js';
import { compareArms } from './compare-arms.js';
import { isFinished } from './is-finished.js';
import { runFacts } from './run-facts.js';
import { runNumbers } from './run-numbers.js';
import { summarize } from './summarize.js';

/** Which arms there are. */
export interface AnalyzeOptions {
  /** The arm that others are compared with. */
  readonly baseline: string;
  /** All arms in the order in which they are to be shown. */
  readonly arms: readonly string[];
  /** The seeds that each arm is to be run with; those of its runs, where absent. */
  readonly seeds?: readonly number[];
}

/**
 * Sums up an experiment: numbers over seeds and a verdict with its evidence for each arm, which arm is best, and what the
 * comparisons of arms with the baseline, paired by seed, show (`docs/statistics.md`).
 *
 * Numbers are over the runs that finished; where none of an arm did, over those that finished an epoch. Arms without any
 * run are left out. A run that was cut short tells nothing of its arm while another one has ended: it counts neither
 * for the verdict nor against the arm being the best, and `unfinished` tells of it. The order of the histories does not
 * matter. The best arm is the one with the lowest mean of `lowest_val_data_loss` among those most of whose runs finished.
 * Losses on different datasets are never compared: there is no best arm then, each arm is judged beside those on its own
 * dataset, and only those on the baseline's are compared with it.
 *
 * @example
 * const { arms, best } = analyzeExperiment(histories, { baseline: '16-16', arms: ['16-16', '4-4'] });
 */
export function analyzeExperiment(
  histories: readonly History[],
  { baseline, arms, seeds }: AnalyzeOptions,
): ExperimentAnalysis {
  const bySeed = [...histories].sort((a, b) => a.seed - b.seed);
  const groups = arms
    .map((arm) => ({ arm, runs: telling(bySeed.filter((run) => run.arm === arm)) }))
    .filter(({ runs }) => runs.length > 0)
    .map((group) => ({ ...group, dataset: datasetOf(group.runs), numbers: armNumbers(counted(group.runs)) }));

  const ranked = groups
    .filter(({ runs }) => 2 * runs.filter(isFinished).length > runs.length)
    .flatMap(({ arm, dataset, numbers }) => {
      const lowest = numbers.lowest_val_data_loss?.mean;
      return lowest === undefined ? [] : [{ arm, dataset, lowest }];
    })
    .sort((a, b) => a.lowest - b.lowest);
  // None where there is no other arm: one that is compared with itself alone would look as good as can be.
  const bestBeside = (group: { readonly arm: string; readonly dataset: string }) => {
    const there = ranked.filter(({ dataset }) => dataset === group.dataset);
    return there.some(({ arm }) => arm !== group.arm) ? there[0] : undefined;
  };
  const datasets = new Set(groups.map(({ dataset }) => dataset).filter((name) => name !== ''));
  const best = datasets.size > 1 ? undefined : ranked.at(0);
  const base = groups.find(({ arm }) => arm === baseline);
  const unfinished = arms.flatMap((arm) => {
    const begun = bySeed.filter((run) => run.arm === arm);
    const planned = seeds?.length ?? begun.length;
    const runs = planned - begun.filter(hasEnded).length;
    return runs > 0 ? [{ arm, runs, planned }] : [];
  });
  const others = groups.filter(({ arm, dataset }) => arm !== baseline && dataset === base?.dataset);

  return {
    baseline,
    arms: groups.map(({ arm, dataset, runs, numbers }): ArmAnalysis => ({
      arm,
      ...(dataset !== '' && { dataset }),
      // A run that failed before it began knows of none.
      parameters: Math.max(...runs.map(({ parameters }) => parameters)),
      runs: counted(runs).length,
      ...armVerdict(runs, {
        bestValLoss: bestBeside({ arm, dataset })?.lowest,
        starts: histories.flatMap((run) =>
          run.dataset === dataset ? (runFacts(run)?.startingLoss ?? []) : [],
        ),
      }),
      numbers,
    })),
    ...(best && { best: best.arm }),
    ...(unfinished.length > 0 && { unfinished }),
    comparisons: compareArms(others, base?.runs ?? []),
  };
}

/** Empty where no run began. */
function datasetOf(runs: readonly History[]): string {
  return runs.find(({ dataset }) => dataset !== '')?.dataset ?? '';
}

/** The runs that tell something of their arm: those that ended, whichever way; where none did, those that were cut short. */
function telling(runs: readonly History[]): readonly History[] {
  const ended = runs.filter(hasEnded);
  return ended.length > 0 ? ended : runs;
}

function hasEnded({ status }: History): boolean {
  return status !== 'cancelled';
}

/** The runs whose numbers count: those that finished; where none did, those that finished an epoch. */
function counted(runs: readonly History[]): readonly History[] {
  const finished = runs.filter(isFinished);
  return finished.length > 0 ? finished : runs.filter(({ epochs }) => epochs.length > 0);
}

/** Each number over the runs that have it. */
function armNumbers(runs: readonly History[]): Record<string, Summary> {
  const all = runs.map(runNumbers);
  const names = [...new Set(all.flatMap((numbers) => Object.keys(numbers)))];
  return Object.fromEntries(
    names.map((name) => [name, summarize(all.flatMap((numbers) => numbers[name] ?? []))]),
  );
}
