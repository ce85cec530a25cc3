import { analyzeExperiment } from '@wellfit/analysis';
import type { ArmAnalysis, ExperimentAnalysis, Json } from '@wellfit/core';
import { specDifferences, type ComparedArms, type FolderComparison } from '@wellfit/reporters';
import { CliError } from '../errors.js';
import { cautions, obstacles } from './comparability.js';
import { sideOf, type ComparedFolder, type ComparedSide } from './compared-side.js';
import { analysisOf } from './analysis-of.js';
import { stateOf, stateText } from './run-facts.js';
import { widenFamily } from './widen-family.js';

/**
 * Compares arms of run folders, paired by seed, each with that of the first folder. Where whole folders are given, arms of
 * the same name are compared; where a path names an arm, that one.
 *
 * @param folders At least two.
 * @throws CliError `unknown-arm` where there is no arm to compare.
 */
export function compareFolders(folders: readonly ComparedFolder[]): FolderComparison {
  const groups = groupsOf(folders);
  for (const group of groups) refuseTwice(group);
  const compared = groups.map(compareSides);
  const analyses = widenFamily(compared.flatMap(({ analysis }) => analysis ?? []));
  const shown = new Set(groups.flat().map(({ label }) => label));
  return {
    folders: folders.map((folder) => [folder.label, folderText(folder)]),
    differences: specDifferences(folders.map(circumstances)),
    remarks: folders.flatMap((folder) => leftOut(folder, shown)),
    arms: compared.map((group) => ({ ...group, ...(group.analysis && { analysis: analyses.shift() }) })),
  };
}

/** Which arms are compared with each other: the first of each group is the baseline. */
function groupsOf(folders: readonly ComparedFolder[]): ComparedSide[][] {
  const [first, ...others] = folders;
  const named = folders.find(({ arm }) => arm !== undefined)?.arm;
  const alone = ({ resolved }: ComparedFolder): string | undefined =>
    resolved.size === 1 ? [...resolved.keys()][0] : undefined;
  if (named !== undefined) {
    const meant = (folder: ComparedFolder): string =>
      folder.arm ?? (folder.resolved.has(named) ? named : (alone(folder) ?? named));
    return [folders.map((folder) => sideOf(folder, meant(folder)))];
  }
  const shared = [...first.resolved.keys()].map((arm) =>
    [first, ...others.filter(({ resolved }) => resolved.has(arm))].map((folder) => sideOf(folder, arm)),
  );
  const groups = shared.filter(({ length }) => length > 1);
  if (groups.length > 0) return groups;
  const single = folders.flatMap((folder) => alone(folder) ?? []);
  if (single.length === folders.length) return [folders.map((folder, i) => sideOf(folder, single[i]))];
  const arms = folders.map(({ label, resolved }) => `${label} has ${[...resolved.keys()].join(', ')}`);
  throw new CliError(
    'unknown-arm',
    `No arm of the first folder is in another one: ${arms.join('; ')}. Name the arms: ` +
      `${first.reference}/<arm> ${others[0].reference}/<arm>`,
  );
}

function refuseTwice(sides: readonly ComparedSide[]): void {
  const keys = sides.map(({ folder, arm }) => `${folder.root}/${arm.name}`);
  const twice = sides.find((_, i) => keys.indexOf(keys[i]) < i);
  if (!twice) return;
  const { folder, arm } = twice;
  throw new CliError(
    'usage',
    `${folder.reference} is given twice: its arm ${arm.name} is the same as itself.`,
  );
}

function compareSides(sides: readonly ComparedSide[]): ComparedArms {
  const [base, ...others] = sides;
  const judged = others.map((side) => ({ side, reasons: obstacles(base, side) }));
  const comparable = judged.flatMap(({ side, reasons }) => (reasons.length === 0 ? [side] : []));
  const names = new Set(sides.map(({ arm }) => arm.name));
  return {
    title: [...names].join(', '),
    labels: sides.map(({ label }) => label),
    differences: specDifferences(sides.map(specOf)),
    remarks: [
      ...judged.flatMap(({ reasons }) => reasons),
      ...comparable.flatMap((side) => cautions(base, side)),
    ],
    ...(comparable.length > 0 && { analysis: analysisOfSides([base, ...comparable]) }),
  };
}

function analysisOfSides(sides: readonly ComparedSide[]): ExperimentAnalysis {
  const histories = sides.flatMap(({ label, runs }) => runs.map((run) => ({ ...run, arm: label })));
  const labels = sides.map(({ label }) => label);
  const analysis = analyzeExperiment(histories, { baseline: labels[0], arms: labels });
  return { ...analysis, arms: analysis.arms.map((arm) => withOwnVerdict(arm, sides)) };
}

/** A verdict is that of its own experiment, where the arms beside it count too; `wellfit show` must not say another. */
function withOwnVerdict(arm: ArmAnalysis, sides: readonly ComparedSide[]): ArmAnalysis {
  const side = sides.find(({ label }) => label === arm.arm);
  const own = side && analysisOf(side.folder.experiment)?.arms.find((one) => one.arm === side.arm.name);
  return own ? { ...arm, verdict: own.verdict, evidence: own.evidence } : arm;
}

/** What decides the results of an arm. */
function specOf({ arm }: ComparedSide): Json {
  const { dataset, model, training, regularizers, callbacks } = arm;
  return { dataset, model, training, regularizers, callbacks } as unknown as Json;
}

/** What is the same for all runs of a folder. */
function circumstances({ start }: ComparedFolder): Json {
  const { seeds, backend, numerics = 'exact', versions } = start;
  return { seeds: [...seeds], backend, numerics, versions: { ...versions } };
}

function folderText(folder: ComparedFolder): string {
  const { reference, start } = folder;
  const state = stateOf(folder);
  const isOver = state.state === 'completed';
  return `${reference} (${start.name}${isOver ? '' : `; ${stateText(state, reference)}`})`;
}

function leftOut({ label, resolved, arm }: ComparedFolder, shown: ReadonlySet<string>): string[] {
  if (arm !== undefined) return [];
  const alone = [...resolved.keys()].filter((name) => !shown.has(`${label}/${name}`));
  return alone.length === 0
    ? []
    : [`Not compared, as no arm beside has the name: ${label}/${alone.join(`, ${label}/`)}.`];
}
