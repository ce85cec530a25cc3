import { isWellfitError, type Activation, type Numerics } from '@wellfit/core';
import type { ExperimentRecord } from '@wellfit/reporters';
import { CliError } from '../errors.js';
import { activateBackend } from '../saved-models/activate-backend.js';
import type { Comparison } from './replayed-run.js';

/** What computes a replay. */
export interface ReplayBackend {
  readonly name: string;
  readonly numerics: Numerics;
  /** A few words, for instance `2 threads`. */
  readonly detail: string;
  /** Bits can be compared on the recorded backend only, and on native only with the same library on such a host. */
  readonly by: Comparison['by'];
  /** Why bits cannot be compared, one clause; absent where they can. */
  readonly because?: string;
  /** Versions of what computes, for the record. */
  readonly versions?: Activation['versions'];
}

type BackendName = 'wasm' | 'native' | 'cpu';

/**
 * Activates the recorded backend with the recorded numerics, or another one where the user wants it.
 *
 * @throws CliError `mixed-numerics` where this host computes with other numerics; BackendError where the backend is missing.
 */
export async function backendForReplay(
  start: NonNullable<ExperimentRecord['start']>,
  wanted: BackendName | undefined,
  threads: number | 'auto',
): Promise<ReplayBackend> {
  const request = wanted ?? (start.backend as BackendName);
  const recorded = start.numerics ?? 'exact';
  const isRecorded = request === start.backend;
  const numerics = isRecorded && recorded === 'fast' ? 'fast' : 'exact';
  const { name, activation } = await activate(request, { numerics, threads });
  const { detail, versions } = activation;
  const active = { name, numerics: activation.numerics, detail, versions };
  if (!isRecorded) return { ...active, by: 'losses', because: 'these are two backends' };
  if (name === 'native') {
    const because = otherLibrary(start.versions, versions);
    return because === undefined ? { ...active, by: 'digests' } : { ...active, by: 'losses', because };
  }
  if (activation.numerics !== recorded) {
    throw new CliError(
      'mixed-numerics',
      `The run was recorded with ${recorded} numerics, and here ${name} computes with ${activation.numerics}: their ` +
        `last bits differ, so they are not compared. Replay it on a host with ${recorded} numerics, or compare its losses ` +
        `with those of another backend, for instance --backend cpu.`,
    );
  }
  return { ...active, by: 'digests' };
}

/** What of the library and the processor is not as it was recorded; undefined where all is the same. */
function otherLibrary(
  recorded: Readonly<Record<string, string>>,
  here: Activation['versions'] = {},
): string | undefined {
  const [other] = Object.entries(here).filter(([name, version]) => recorded[name] !== version);
  if (!other) return undefined;
  const [name, version] = other;
  return `${name} was ${recorded[name] ?? 'not recorded'} and is ${version} here`;
}

async function activate(
  request: BackendName,
  options: Parameters<typeof activateBackend>[1],
): ReturnType<typeof activateBackend> {
  try {
    return await activateBackend(request, options);
  } catch (error) {
    if (!isWellfitError(error) || error.code !== 'backend-missing') throw error;
    throw new CliError(
      error.code,
      `${error.message} The run was recorded on another host; a replay on another backend (--backend) compares losses ` +
        `within a tolerance instead of bits.`,
      { cause: error },
    );
  }
}
