import type { Backend, NumericsChoice, Probe } from '@wellfit/core';
import { nativePays, type StepWork } from './auto-rule.js';
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
  /** Finds out how much a step computes; asked by `auto` only where both wasm and native are there. */
  readonly work?: () => Promise<StepWork | undefined>;
  /** What there is, in the order of preference. */
  readonly backends?: readonly Backend[];
  /** The rule of `auto`, for tests. */
  readonly rule?: typeof nativePays;
}

/** A backend, and in one clause why it was taken. */
export interface BackendChoice {
  readonly backend: Backend;
  readonly probe: Probe;
  readonly reason: string;
}

/**
 * Picks the backend to train on. It activates nothing.
 *
 * @param request A backend by name, or `auto`: wasm, else native, else cpu; and native before wasm where both are there and
 *   `nativePays` says so.
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
    if (probe.available) {
      if (request !== 'auto') return { backend, probe, reason: 'asked for by name' };
      if (missing.length > 0) {
        return { backend, probe, reason: `the first that can run here; cannot: ${missing.join('; ')}` };
      }
      return wasmOrNative({ backend, probe }, numerics, { ...options, backends });
    }
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

/** What `auto` takes where the backend of its first choice is there. */
async function wasmOrNative(
  first: Omit<BackendChoice, 'reason'>,
  numerics: NumericsChoice,
  { backends = [], work, rule = nativePays }: ChoiceOptions,
): Promise<BackendChoice> {
  const taken = (reason: string): BackendChoice => ({ ...first, reason });
  const native = backends.find(({ name }) => name === 'native');
  if (first.backend.name !== 'wasm' || !native) return taken('the first that can run here');
  if (numerics === 'fast') return taken('the only one with fast numerics');
  const probe = await native.probe();
  // What follows the colon says how to get it, which is for `wellfit doctor`.
  if (!probe.available) return taken(`the default; native: ${probe.detail.split(':')[0]}`);
  if (!work) return taken('the default; native is taken for the training of large models only');
  const pays = rule(await work());
  return pays.native ? { backend: native, probe, reason: pays.reason } : taken(pays.reason);
}
