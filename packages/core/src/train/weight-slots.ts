import type { Tensor } from '@tensorflow/tfjs-core';
import type { Model } from '../contracts/model.js';
import { CoreError } from '../errors.js';

interface Kept {
  readonly epoch: number;
  readonly values: readonly Tensor[];
}

/** Copies of a model's weights that callbacks keep and restore. Whoever made it disposes it. */
export class WeightSlots {
  readonly #kept = new Map<string, Kept>();

  /** @param model Whose weights are copied; they are listed anew at each call. */
  constructor(private readonly model: Pick<Model, 'weights'>) {}

  /** Copies the weights, replacing what the slot held. */
  keep(slot: string, epoch: number): void {
    this.#kept.get(slot)?.values.forEach((value) => value.dispose());
    this.#kept.set(slot, { epoch, values: this.model.weights.map(({ variable }) => variable.clone()) });
  }

  /**
   * Puts a slot's weights back into the model; the slot keeps them.
   *
   * @returns The epoch at whose end they were kept.
   * @throws CoreError `empty-slot`.
   */
  restore(slot: string): number {
    const kept = this.#kept.get(slot);
    if (!kept) throw new CoreError('empty-slot', `No weights were kept in ${slot}, so none can be restored.`);
    this.model.weights.forEach(({ variable }, i) => variable.assign(kept.values[i]));
    return kept.epoch;
  }

  dispose(): void {
    for (const { values } of this.#kept.values()) values.forEach((value) => value.dispose());
    this.#kept.clear();
  }
}
