import type { RunCommand } from '../contracts/callback.js';
import type { Model } from '../contracts/model.js';
import type { ModelStore } from '../contracts/model-store.js';
import type { Optimizer } from '../contracts/optimizer.js';
import { CoreError } from '../errors.js';
import type { Ending } from './run-ending.js';
import type { RunState } from './run-state.js';
import { callbackError, type SentCommand } from './steering.js';

/** What commands act on. */
export interface CommandMeans {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly state: RunState;
  readonly models?: ModelStore;
}

/**
 * Carries out what a callback asks for.
 *
 * @returns The end of training, where it asks for that.
 * @throws CoreError `callback-failed` that names the callback, where the command cannot be carried out.
 */
export async function carryOut(
  { callback, from, command }: SentCommand,
  means: CommandMeans,
): Promise<Ending | undefined> {
  try {
    return await obey(command, from, means);
  } catch (cause) {
    throw callbackError(callback, cause);
  }
}

async function obey(
  command: RunCommand,
  from: string,
  { model, optimizer, state, models }: CommandMeans,
): Promise<Ending | undefined> {
  switch (command.type) {
    case 'stop':
      return { status: 'stopped', reason: command.reason };
    case 'set-learning-rate':
      optimizer.learningRate = command.value;
      return undefined;
    case 'keep-weights':
      state.slots.keep(`${from}/${command.slot}`, state.history.length);
      return undefined;
    case 'restore-weights':
      state.restoredEpoch = state.slots.restore(`${from}/${command.slot}`);
      return undefined;
    case 'save-model':
      await store(models).save(named(command.name), model);
      return undefined;
    case 'remove-model':
      // Where nothing can be saved there is nothing to remove.
      await models?.remove(named(command.name));
      return undefined;
  }
}

function store(models: ModelStore | undefined): ModelStore {
  if (models) return models;
  throw new CoreError(
    'no-store',
    'A model is to be saved, but training was not told where: give it `models`.',
  );
}

/** A name becomes that of a folder, and must not lead elsewhere. */
function named(name: string): string {
  if (/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(name)) return name;
  const shown = JSON.stringify(name);
  throw new CoreError(
    'bad-name',
    `A model cannot be saved as ${shown}: use letters, digits, and - between them.`,
  );
}
