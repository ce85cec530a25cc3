import type { Model } from '@wellfit/core';
import type { SequentialConfig } from '@wellfit/layers';
import { checkWeights } from './config/collect-weights.js';
import { firstIssue } from './config/first-issue.js';
import { sequentialConfigSchema } from './config/sequential-config-schema.js';
import { FormatError } from './format-error.js';
import type { SavedModel } from './saved-model.js';

/**
 * Copies a model's architecture and weights out of the backend.
 *
 * @throws FormatError `bad-model` for a model that is not made of layers in a row, as `sequential` of
 * `@wellfit/layers` makes them; `wrong-weights` where its weights are not those of its layers.
 * @example
 * await formats.keras.save(savedModel(model), 'model.keras');
 */
export function savedModel(model: Model): SavedModel {
  const config = configOf(model);
  const weights = new Map(
    model.weights.map(({ name, variable }) => {
      // Copied: some backends hand out their own memory.
      const values = variable.dataSync<'float32'>().slice();
      return [name, { shape: [...variable.shape], values }] as const;
    }),
  );
  checkWeights(config, weights);
  return { config, weights, notes: [] };
}

function configOf(model: Model): SequentialConfig {
  const result = sequentialConfigSchema.safeParse(model.config);
  if (result.success) return result.data;
  throw new FormatError(
    'bad-model',
    `Model ${model.name} cannot be saved: its configuration does not say of which layers it is made (` +
      `${firstIssue(result.error)}). Build it with sequential of @wellfit/layers.`,
  );
}
