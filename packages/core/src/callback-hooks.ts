import { ignoreElements, Observable, tap } from 'rxjs';
import type { Callback, RunCommand, RunView } from './contracts/callback.js';
import type { Logs, RunEvent, RunStatus } from './contracts/events.js';
import type { Json } from './contracts/named.js';
import { CoreError } from './errors.js';
import { suggest } from './experiment/suggest.js';

/** What a hook may do besides looking: each method asks the training loop for a command. */
export interface HookRun extends RunView {
  stop(reason: string): void;
  setLearningRate(value: number): void;
  keepWeights(slot: string): void;
  restoreWeights(slot: string): void;
  saveModel(name: string): void;
  removeModel(name: string): void;
}

/**
 * A callback in the manner of Keras: any of these methods, none of them async. Called in the order of the run; none is
 * called any more after an error.
 */
export interface CallbackHooks {
  readonly name?: string;
  onTrainBegin?(run: HookRun): void;
  onEpochBegin?(epoch: number, run: HookRun): void;
  /** @param step Counted from 1 within the epoch. */
  onStepEnd?(step: number, logs: Logs, run: HookRun): void;
  /** @param epoch Counted from 1. */
  onEpochEnd?(epoch: number, logs: Logs, run: HookRun): void;
  /** Training is over; weights may still be restored, after an error (`failed`) a model only be saved. */
  onTrainEnd?(status: RunStatus, run: HookRun): void;
  /** As those of {@link Callback}, for hooks that remember steps; others are called again for the epochs of before. */
  state?(): Json;
  resume?(state: Json): void;
}

/** Turns hooks into a callback. What is a callback already passes through. */
export function toCallback(callback: Callback | CallbackHooks): Callback {
  return 'connect' in callback ? callback : fromHooks(callback);
}

const HOOKS: readonly (keyof CallbackHooks)[] = [
  'onTrainBegin',
  'onEpochBegin',
  'onStepEnd',
  'onEpochEnd',
  'onTrainEnd',
];

/** A misspelt hook would never be called, and nothing would say so. */
function checkNames(hooks: CallbackHooks): void {
  for (const key in hooks) {
    if (!/^on[A-Z]/.test(key) || (HOOKS as readonly string[]).includes(key)) continue;
    const meant = suggest(key, HOOKS);
    const hint = meant === undefined ? `Hooks are ${HOOKS.join(', ')}.` : `Did you mean ${meant}?`;
    throw new CoreError('unknown-hook', `[callback ${hooks.name ?? 'hooks'}] ${key} is no hook. ${hint}`);
  }
}

/**
 * Adapts a hook object to the stream form of a callback.
 *
 * @throws CoreError `unknown-hook` where a method is named like a hook but is none.
 * @example
 * fromHooks({ name: 'patient', onEpochEnd: (epoch, logs, run) => { if (logs.val_loss < 0.3) run.stop('good enough'); } });
 */
export function fromHooks(hooks: CallbackHooks): Callback {
  checkNames(hooks);
  return {
    name: hooks.name ?? 'hooks',
    ...(hooks.state && { state: () => hooks.state!() }),
    ...(hooks.resume && { resume: (state) => hooks.resume!(state) }),
    connect: (events$, view) =>
      new Observable<RunCommand>((commands) => {
        const run = hookRun(view, (command) => commands.next(command));
        // `tap`, since an error that a hook throws must reach the stream.
        const calls$ = events$.pipe(
          tap((event) => refusePromise(call(hooks, event, run))),
          ignoreElements(),
        );
        return calls$.subscribe(commands);
      }),
  };
}

function hookRun(view: RunView, send: (command: RunCommand) => void): HookRun {
  return {
    get arm() {
      return view.arm;
    },
    get seed() {
      return view.seed;
    },
    get epochs() {
      return view.epochs;
    },
    get learningRate() {
      return view.learningRate;
    },
    get history() {
      return view.history;
    },
    stop: (reason) => send({ type: 'stop', reason }),
    setLearningRate: (value) => send({ type: 'set-learning-rate', value }),
    keepWeights: (slot) => send({ type: 'keep-weights', slot }),
    restoreWeights: (slot) => send({ type: 'restore-weights', slot }),
    saveModel: (name) => send({ type: 'save-model', name }),
    removeModel: (name) => send({ type: 'remove-model', name }),
  };
}

function call(hooks: CallbackHooks, event: RunEvent, run: HookRun): unknown {
  switch (event.type) {
    case 'run:start':
      return hooks.onTrainBegin?.(run);
    case 'epoch:start':
      return hooks.onEpochBegin?.(event.epoch, run);
    case 'step:end':
      return hooks.onStepEnd?.(event.step, event.logs, run);
    case 'epoch:end':
      return hooks.onEpochEnd?.(event.epoch, event.logs, run);
    case 'training:end':
      return hooks.onTrainEnd?.(event.status, run);
    case 'distributions':
    case 'run:end':
      return undefined;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}

/** TypeScript takes an async function for one that returns nothing; training would not wait, nor see it fail. */
function refusePromise(returned: unknown): void {
  if (!isThenable(returned)) return;
  returned.then(undefined, () => undefined);
  throw new CoreError('async-hook', 'hooks must be synchronous, but one returned a promise');
}
