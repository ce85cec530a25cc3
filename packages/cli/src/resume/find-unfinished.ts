import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, isWellfitError, type Json } from '@wellfit/core';
import { readRunFolder, type ExperimentRecord } from '@wellfit/reporters';
import { folderOwner } from '../run/folder-owner.js';
import { isOver } from './earlier-runs.js';

/** Older ones are not looked at: whoever forgot an experiment that long ago wants a new one. */
const NEWEST = 10;

/** An experiment that was interrupted. */
export interface Unfinished {
  readonly folder: string;
  /** Runs that have ended, and that were planned. */
  readonly ended: number;
  readonly planned: number;
}

/**
 * Finds the newest interrupted experiment of the same specification that nobody is running.
 *
 * @param out Where run folders are made; need not exist.
 */
export function findUnfinished(out: string, name: string, spec: Json): Unfinished | undefined {
  const wanted = canonicalJson(spec);
  for (const folder of newest(out, name)) {
    const record = readable(folder);
    if (!record?.start || canonicalJson(record.start.spec) !== wanted) continue;
    // One that came to its end has failed runs at most, which a new run may mend and this one would not.
    if (record.end?.status !== 'completed' && folderOwner(folder) === undefined) {
      const { arms, seeds } = record.start;
      return { folder, ended: record.runs.filter(isOver).length, planned: arms.length * seeds.length };
    }
  }
  return undefined;
}

/** Whether all runs of an experiment have ended, and it has been analyzed. */
export function isComplete({ start, end, runs }: ExperimentRecord): boolean {
  const planned = (start?.arms.length ?? 0) * (start?.seeds.length ?? 0);
  return end !== undefined && runs.length === planned && runs.every(isOver);
}

/** Run folders of an experiment, newest first: their names begin with its name and go on with the time. */
function newest(out: string, name: string): string[] {
  if (!statSync(out, { throwIfNoEntry: false })?.isDirectory()) return [];
  const own = readdirSync(out).filter(
    (entry) => entry.startsWith(`${name}-`) && /^\d{8}-/.test(entry.slice(name.length + 1)),
  );
  return own
    .sort()
    .reverse()
    .slice(0, NEWEST)
    .map((entry) => join(out, entry));
}

/** A damaged folder is nobody's business here. */
function readable(folder: string): ExperimentRecord | undefined {
  try {
    return readRunFolder(folder);
  } catch (error) {
    if (isWellfitError(error)) return undefined;
    throw error;
  }
}
