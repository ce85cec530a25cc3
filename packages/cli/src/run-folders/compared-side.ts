import { resolve } from 'node:path';
import { isWellfitError, parseExperiment, resolveArms, type Json, type ResolvedArm } from '@wellfit/core';
import type { RunRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';
import { openRuns, type OpenedRuns } from './open-runs.js';

/** A run folder, or a part of one, that is to be compared. */
export interface ComparedFolder extends OpenedRuns {
  /** A letter: `A`. */
  readonly label: string;
  readonly reference: string;
  /** Its arms, with all that they take from the base configuration. */
  readonly resolved: ReadonlyMap<string, ResolvedArm>;
  /** The arm that the path means; undefined where it means all. */
  readonly arm?: string;
}

/** An arm of one folder. */
export interface ComparedSide {
  /** `A/base`. */
  readonly label: string;
  readonly folder: ComparedFolder;
  readonly arm: ResolvedArm;
  readonly runs: readonly RunRecord[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Opens what is to be compared.
 *
 * @throws CliError `usage` for too few or too many; `unreadable`; `bad-experiment` for a specification that this version cannot read;
 * ReporterError as `readRunFolder`.
 */
export function openFolders(references: readonly string[], cwd: string): ComparedFolder[] {
  if (references.length < 2 || references.length > LETTERS.length) {
    throw new CliError(
      'usage',
      `Name 2 to ${LETTERS.length} run folders to compare, not ${references.length}.`,
    );
  }
  return references.map((reference, i) => {
    const opened = openRuns(reference, cwd);
    const { root, runs, missing } = opened;
    const [first] = [...runs, ...missing];
    return {
      ...opened,
      label: LETTERS[i],
      reference,
      resolved: resolvedArms(opened.start.spec, reference),
      ...(resolve(cwd, reference) !== root && { arm: first.arm }),
    };
  });
}

/** One arm of a folder. */
export function sideOf(folder: ComparedFolder, name: string): ComparedSide {
  const arm = folder.resolved.get(name);
  if (!arm) {
    const names = [...folder.resolved.keys()].join(', ');
    throw new CliError(
      'unknown-arm',
      `${folder.reference} has no arm ${name}, only ${names}; name the one to compare: ${folder.reference}/<arm>`,
    );
  }
  const runs = folder.runs.filter((run) => run.arm === name);
  return { label: `${folder.label}/${name}`, folder, arm, runs };
}

function resolvedArms(spec: Json, reference: string): ReadonlyMap<string, ResolvedArm> {
  try {
    return new Map(resolveArms(parseExperiment(spec)).map((arm) => [arm.name, arm]));
  } catch (error) {
    if (!isWellfitError(error)) throw error;
    throw new CliError(
      error.code,
      `The specification in ${reference} cannot be read: ${error.message}\nUse the version of wellfit that made the run.`,
      { cause: error },
    );
  }
}
