import type { Tensor } from '@tensorflow/tfjs-core';
import type { Model } from '../contracts/model.js';
import { CoreError } from '../errors.js';

/** Weights that were kept, in the order of the model's. */
export interface KeptWeights {
  readonly epoch: number;
  readonly values: readonly Tensor[];
}

/** Copies of a model's weights that callbacks keep and restore. Whoever made it disposes it. */
export class WeightSlots {
  readonly #kept = new Map<string, KeptWeights>();

  /** @param model Whose weights are copied; they are listed anew at each call. */
  constructor(private readonly model: Pick<Model, 'weights'>) {}

  /** Copies the weights, replacing what the slot held. */
  keep(slot: string, epoch: number): void {
    this.put(slot, { epoch, values: this.model.weights.map(({ variable }) => variable.clone()) });
  }

  /** Fills a slot, replacing what it held; takes the tensors over. */
  put(slot: string, kept: KeptWeights): void {
    this.#kept.get(slot)?.values.forEach((value) => value.dispose());
    this.#kept.set(slot, kept);
  }

  /** What the slots hold, in the order in which they were first filled; owned by them. */
  entries(): readonly (readonly [slot: string, kept: KeptWeights])[] {
    return [...this.#kept];
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
