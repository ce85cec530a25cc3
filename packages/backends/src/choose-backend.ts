import type { Backend, NumericsChoice, Probe } from '@wellfit/core';
import { cpu } from './cpu.js';
import { BackendError } from './errors.js';
import { native } from './native.js';
import { wasm } from './wasm.js';

/** Backends that an experiment can name. */
export type BackendName = 'wasm' | 'native' | 'cpu';

/** Options of {@link chooseBackend}. */
export interface ChoiceOptions {
  /** `fast` leaves only `wasm`. Default: `exact`. */
  readonly numerics?: NumericsChoice;
  /** For `wasm`. Default: `auto`. */
  readonly threads?: number | 'auto';
  /** What there is, in the order of preference. */
  readonly backends?: readonly Backend[];
}

/** A backend, and in one sentence why it was taken. */
export interface BackendChoice {
  readonly backend: Backend;
  readonly probe: Probe;
  readonly reason: string;
}

/**
 * Picks the backend to train on. It activates nothing.
 *
 * @param request A backend by name, or `auto`: wasm, else native, else cpu. Native comes second even where it is
 *   installed, until the two have been compared on the host.
 * @throws BackendError `backend-missing` with how to get it; `no-fast-numerics`.
 * @example
 * const { backend, reason } = await chooseBackend('auto');
 * await backend.activate();
 */
export async function chooseBackend(
  request: BackendName | 'auto' = 'auto',
  options: ChoiceOptions = {},
): Promise<BackendChoice> {
  const { numerics = 'exact', backends = preferredBackends(options) } = options;
  if (numerics === 'fast' && request !== 'auto' && request !== 'wasm') {
    throw new BackendError(
      'no-fast-numerics',
      `The backend ${request} has no fast numerics: use the backend wasm, or numerics: exact.`,
    );
  }
  const missing: string[] = [];
  for (const backend of backends) {
    if (request !== 'auto' && backend.name !== request) continue;
    if (numerics === 'fast' && backend.name !== 'wasm') {
      missing.push(`${backend.name} (has no fast numerics)`);
      continue;
    }
    const probe = await backend.probe();
    if (probe.available) return { backend, probe, reason: reasonFor(backend.name, request, missing) };
    missing.push(`${backend.name} (${probe.detail})`);
  }
  const what = request === 'auto' ? 'No backend can run here' : `The backend ${request} cannot run here`;
  throw new BackendError('backend-missing', `${what}: ${missing.join('; ') || 'unknown backend'}.`);
}

/** The backends of this package, in the order in which `auto` tries them. */
export function preferredBackends({
  numerics = 'exact',
  threads = 'auto',
}: ChoiceOptions): readonly Backend[] {
  return [wasm({ threads, numerics }), native(), cpu()];
}

function reasonFor(name: string, request: string, missing: readonly string[]): string {
  if (request !== 'auto') return 'asked for by name';
  if (missing.length > 0) return `the first that can run here; cannot: ${missing.join('; ')}`;
  return name === 'wasm'
    ? 'the default; native is taken only when asked for by name, until the two have been compared'
    : 'the first that can run here';
}
