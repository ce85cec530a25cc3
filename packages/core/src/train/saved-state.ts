import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Checkpoint, SavedTensor } from '../contracts/checkpoint.js';
import type { Model } from '../contracts/model.js';
import type { Optimizer } from '../contracts/optimizer.js';
import { CoreError } from '../errors.js';
import { valuesInPlace } from '../kernels/values-in-place.js';
import type { WeightSlots } from './weight-slots.js';

/** What of a run lies in tensors. */
export interface TrainedState {
  readonly model: Pick<Model, 'weights'>;
  readonly optimizer: Optimizer;
  readonly slots: WeightSlots;
}

/** Copies a run's tensors, for a checkpoint. */
export function saveState({ model, optimizer, slots }: TrainedState): Pick<Checkpoint, 'slots' | 'tensors'> {
  const { weights } = model;
  const kept = slots.entries();
  return {
    slots: kept.map(([slot, { epoch }]) => ({ slot, epoch })),
    tensors: [
      ...weights.map(({ name, variable }) => saved(`weights/${name}`, variable)),
      ...optimizer.state().map((value, i) => saved(`optimizer/${i + 1}`, value)),
      ...kept.flatMap(([slot, { values }]) =>
        values.map((value, i) => saved(`slots/${slot}/${weights[i].name}`, value)),
      ),
    ],
  };
}

/**
 * Puts the tensors of a checkpoint into a freshly built model, its optimizer and the slots.
 *
 * @throws CoreError `bad-checkpoint` where they are not those of such a model and optimizer.
 */
export function restoreState({ model, optimizer, slots }: TrainedState, checkpoint: Checkpoint): void {
  const { weights } = model;
  const byName = new Map(checkpoint.tensors.map((one) => [one.name, one]));
  const made: Tensor[] = [];
  const take = (name: string, shape?: readonly number[]): Tensor => {
    const one = byName.get(name);
    if (!one) throw bad(`has no ${name}`);
    if (shape !== undefined && one.shape.join() !== shape.join()) {
      throw bad(`has ${name} in the shape [${one.shape.join(', ')}], not [${shape.join(', ')}]`);
    }
    const value = restored(one);
    made.push(value);
    return value;
  };
  try {
    for (const { name, variable } of weights) variable.assign(take(`weights/${name}`, variable.shape));
    const count = checkpoint.tensors.filter(({ name }) => name.startsWith('optimizer/')).length;
    const state = Array.from({ length: count }, (_, i) => take(`optimizer/${i + 1}`));
    const trainable = weights.filter((weight) => weight.trainable).map(({ variable }) => variable);
    optimizer.restore(trainable, state);
    for (const { slot, epoch } of checkpoint.slots) {
      const values = weights.map(({ name, variable }) => take(`slots/${slot}/${name}`, variable.shape));
      slots.put(slot, { epoch, values: values.map((value) => value.clone()) });
    }
  } finally {
    made.forEach((value) => value.dispose());
  }
}

function saved(name: string, value: Tensor): SavedTensor {
  // A copy: what a backend hands out may be its own memory.
  return { name, shape: value.shape, values: (valuesInPlace(value) as Float32Array | Int32Array).slice() };
}

function restored({ values, shape }: SavedTensor): Tensor {
  return tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32');
}

function bad(what: string): CoreError {
  return new CoreError(
    'bad-checkpoint',
    `The checkpoint ${what}: it was made of another model or by another version. Train this run anew.`,
  );
}
