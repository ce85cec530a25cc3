import { isWellfitError, type Activation } from '@wellfit/core';
import {
  chooseBackend,
  preferredBackends,
  type BackendChoice,
  type BackendName,
  type ChoiceOptions,
} from './choose-backend.js';

/** A backend that is now the current one, and what computes on it. */
export interface StartedBackend extends BackendChoice {
  readonly activation: Activation;
}

/**
 * Picks the backend to train on, as {@link chooseBackend} does, and activates it. Where `auto` took native and that does
 * not load, a warning of the process (`WELLFIT_NATIVE`) says so in one line, and the next backend is taken.
 *
 * @throws BackendError of {@link chooseBackend}, or of the activation: native that was asked for by name is never replaced.
 * @example
 * const { backend, activation } = await startBackend('auto');
 */
export async function startBackend(
  request: BackendName | 'auto' = 'auto',
  options: ChoiceOptions = {},
): Promise<StartedBackend> {
  const backends = options.backends ?? preferredBackends(options);
  const choice = await chooseBackend(request, { ...options, backends });
  try {
    return { ...choice, activation: await choice.backend.activate() };
  } catch (error) {
    const others = backends.filter(({ name }) => name !== 'native');
    // `unsupported` is a mistake of the program, which another backend would only hide.
    const optional = request === 'auto' && choice.backend.name === 'native' && others.length > 0;
    if (!optional || !isWellfitError(error) || error.code === 'unsupported') throw error;
    process.emitWarning(error.message, { code: 'WELLFIT_NATIVE' });
    const next = await startBackend(request, { ...options, backends: others });
    return { ...next, reason: `${next.reason}; native was chosen (${choice.reason}), but does not load` };
  }
}
