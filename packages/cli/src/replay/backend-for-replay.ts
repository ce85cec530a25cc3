import { isWellfitError, type Numerics } from '@wellfit/core';
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
  /** Bits can be compared on the recorded backend only. */
  readonly by: Comparison['by'];
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
  const by = request === start.backend ? 'digests' : 'losses';
  const recorded = start.numerics ?? 'exact';
  const numerics = by === 'digests' && recorded === 'fast' ? 'fast' : 'exact';
  const { name, activation } = await activate(request, { numerics, threads });
  if (by === 'digests' && activation.numerics !== recorded) {
    throw new CliError(
      'mixed-numerics',
      `The run was recorded with ${recorded} numerics, and here ${name} computes with ${activation.numerics}: their ` +
        `last bits differ, so they are not compared. Replay it on a host with ${recorded} numerics, or compare its losses ` +
        `with those of another backend, for instance --backend cpu.`,
    );
  }
  return { name, numerics: activation.numerics, detail: activation.detail, by };
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
