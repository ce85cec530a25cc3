import type { Numerics, RunScope, RunStatus } from '@wellfit/core';
import type { ExperimentRecord } from '@wellfit/reporters';
import type { ReplayBackend } from './backend-for-replay.js';
import type { LogDifference } from './compare-logs.js';
import type { WeightDifference } from './compare-weights.js';
import type { Comparison, Difference, ReplayedRun } from './replayed-run.js';

/** What a replay found out, as `--json` prints it. */
export interface ReplayResult {
  readonly same: boolean;
  /** Digests, or, on another backend than the recorded one, losses within a tolerance. */
  readonly comparedBy: Comparison['by'];
  /** Why bits could not be compared; absent where they were. */
  readonly because?: string;
  readonly backend: string;
  readonly recordedBackend: string;
  readonly numerics: Numerics;
  /** The runs that were the same, and the one that differs as far as it was the same. */
  readonly runs: readonly (RunScope & {
    readonly epochs: number;
    /** Whether its end and final weights were compared too. */
    readonly end: boolean;
    /** How the recorded run ended. */
    readonly status: RunStatus;
  })[];
  /** Runs of which no epoch is recorded. */
  readonly skipped: readonly RunScope[];
  /** The largest difference of losses, where these were compared. */
  readonly largest?: RunScope & LogDifference & { readonly epoch: number };
  readonly difference?: Difference & {
    /** By how much weights are off; empty where all are the same, absent where the folder has none of that moment. */
    readonly weights?: readonly WeightDifference[];
    /** Where they were found, for instance `checkpoint` or `model`. */
    readonly weightsFrom?: string;
    /** Why what was saved could not be compared. */
    readonly modelProblem?: string;
  };
  /** Of packages whose version is not the recorded one. */
  readonly otherVersions: Readonly<Record<string, { readonly recorded: string; readonly here: string }>>;
}

/**
 * Sums up what the runs have seen.
 *
 * @param versions Of all that computes, here.
 */
export function replayResult(
  start: NonNullable<ExperimentRecord['start']>,
  { name, numerics, by, because }: ReplayBackend,
  versions: Readonly<Record<string, string>>,
  replayed: readonly ReplayedRun[],
  skipped: readonly RunScope[],
): ReplayResult {
  const different = replayed.find(({ difference }) => difference);
  const largest = replayed
    .flatMap(({ recorded: { arm, seed }, largest }) => (largest ? [{ arm, seed, ...largest }] : []))
    .sort((a, b) => b.difference - a.difference)[0];
  return {
    same: different === undefined,
    comparedBy: by,
    ...(because !== undefined && { because }),
    backend: name,
    recordedBackend: start.backend,
    numerics,
    runs: replayed
      .filter(({ epochs, sameEnd }) => epochs > 0 || sameEnd)
      .map(({ recorded: { arm, seed, status }, epochs, sameEnd }) => ({
        arm,
        seed,
        epochs,
        end: sameEnd,
        status,
      })),
    skipped,
    ...(largest && { largest }),
    ...(different?.difference && {
      difference: {
        ...different.difference,
        ...(different.weights !== undefined && { weights: different.weights }),
        ...(different.weightsFrom !== undefined && { weightsFrom: different.weightsFrom }),
        ...(different.modelProblem !== undefined && { modelProblem: different.modelProblem }),
      },
    }),
    otherVersions: otherVersions(start.versions, versions),
  };
}

function otherVersions(
  recorded: Readonly<Record<string, string>>,
  here: Readonly<Record<string, string>>,
): ReplayResult['otherVersions'] {
  const others = Object.entries(recorded).filter(([name, version]) => (here[name] ?? version) !== version);
  return Object.fromEntries(others.map(([name, version]) => [name, { recorded: version, here: here[name] }]));
}
