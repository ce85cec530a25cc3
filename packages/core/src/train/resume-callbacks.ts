import type { Callback } from '../contracts/callback.js';
import type { Checkpoint } from '../contracts/checkpoint.js';
import type { Json } from '../contracts/named.js';
import { CoreError } from '../errors.js';
import { hasState } from './steering.js';

/** What each callback knows, for a checkpoint. */
export function callbackStates(callbacks: readonly Callback[]): Checkpoint['callbacks'] {
  return callbacks.map((callback) => ({
    name: callback.name,
    // As it comes back from a file, and a copy: the callback may go on changing what it gave.
    ...(hasState(callback) && { state: JSON.parse(JSON.stringify(callback.state() ?? null)) as Json }),
  }));
}

/**
 * Gives fresh callbacks what they knew.
 *
 * @throws CoreError `bad-checkpoint` where the checkpoint is of a run with other callbacks; what a callback throws that
 * does not know its state.
 */
export function resumeCallbacks(callbacks: readonly Callback[], checkpoint: Checkpoint): void {
  const names = callbacks.map(({ name }) => name).join(', ');
  const saved = checkpoint.callbacks.map(({ name }) => name).join(', ');
  if (names !== saved) {
    const message = `The checkpoint is of a run with the callbacks ${saved || '(none)'}, not ${names || '(none)'}: train this run anew.`;
    throw new CoreError('bad-checkpoint', message);
  }
  callbacks.forEach((callback, i) => {
    const { state } = checkpoint.callbacks[i];
    if (hasState(callback) !== (state !== undefined)) {
      const what = `The callback ${callback.name} ${state === undefined ? 'had no state' : 'had a state'} then, unlike now`;
      throw new CoreError('bad-checkpoint', `${what}: it is another version of it. Train this run anew.`);
    }
    if (hasState(callback) && state !== undefined) callback.resume(state);
  });
}
