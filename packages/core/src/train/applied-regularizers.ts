import { addN, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Model, Site, Weight } from '../contracts/model.js';
import type { PlacedRegularizer, Regularizer, SiteSelector } from '../contracts/regularizer.js';
import { CoreError, errorMessage } from '../errors.js';
import { randomStream } from '../random/random-stream.js';

/** Regularizers tied to the sites of one model. */
export interface AppliedRegularizers {
  /** The sum of all penalties, where there is any. Call inside `tidy`. */
  penalty?(): Scalar;
  /** What the model applies at its input and activation sites in the given step (counted over the whole run). */
  noise?(step: number): (site: Site, x: Tensor) => Tensor;
}

/**
 * Finds the sites at which each regularizer acts.
 *
 * @param regularizers By default they act at the hidden layers.
 * @throws CoreError `no-site` where one would act nowhere, or not at a layer that it names: an arm that changes nothing
 *   must not look like a result.
 */
export function applyRegularizers(
  model: Model,
  regularizers: readonly (Regularizer | PlacedRegularizer)[],
  seed: number,
): AppliedRegularizers {
  const penalties: [Regularizer, Weight][] = [];
  const noises = new Map<Site, Regularizer[]>();
  for (const given of regularizers) {
    const { regularizer, at = 'hidden' }: PlacedRegularizer =
      'regularizer' in given ? given : { regularizer: given };
    const used = new Set<string>();
    for (const site of model.sites.filter((candidate) => isSelected(candidate, at))) {
      const { weight } = site;
      if (site.kind === 'kernel' && weight && regularizer.penalty) {
        penalties.push([regularizer, weight]);
        used.add(site.layer);
      }
      if (site.kind !== 'kernel' && regularizer.noise) {
        noises.set(site, [...(noises.get(site) ?? []), regularizer]);
        used.add(site.layer);
      }
    }
    const idle = typeof at === 'string' ? used.size === 0 && at : at.find((layer) => !used.has(layer));
    if (idle) throw nowhere(model, regularizer, idle);
  }
  return {
    ...(penalties.length > 0 && { penalty: () => addN(penalties.map(scalarPenalty)) }),
    ...(noises.size > 0 && {
      noise: (step) => (site, x) => {
        let current = x;
        for (const regularizer of noises.get(site) ?? []) {
          const random = randomStream(seed, `noise/${site.layer}/${regularizer.name}/${step}`);
          try {
            current = regularizer.noise!(current, { random });
          } catch (cause) {
            throw failed(regularizer, cause);
          }
        }
        return current;
      },
    }),
  };
}

/** The value of all penalties for the weights as they are; 0 without any. */
export function penaltyValue(regularizers: AppliedRegularizers): number {
  let value = 0;
  tidy(() => {
    if (regularizers.penalty) [value] = regularizers.penalty().dataSync();
  });
  return value;
}

/** A gradient is that of a scalar: of anything wider it would be that of the sum, which is not what the logs say. */
function scalarPenalty([regularizer, { variable }]: readonly [Regularizer, Weight]): Scalar {
  try {
    const penalty = regularizer.penalty!(variable);
    if (penalty.shape.length === 0) return penalty;
    throw new TypeError(
      `Its penalty must be a scalar, got a tensor of the shape [${penalty.shape.join(', ')}]`,
    );
  } catch (cause) {
    throw failed(regularizer, cause);
  }
}

/** Errors of a regularizer bear its name. */
function failed({ name }: Regularizer, cause: unknown): CoreError {
  return new CoreError('regularizer-failed', `[regularizer ${name}] ${errorMessage(cause)}`, { cause });
}

function isSelected(site: Site, at: SiteSelector): boolean {
  if (typeof at !== 'string') return at.includes(site.layer);
  return at === 'all' || at === site.role;
}

function nowhere(model: Model, regularizer: Regularizer, at: string): CoreError {
  const known = [...new Set(model.sites.map((site) => site.layer))].join(', ');
  return new CoreError(
    'no-site',
    `[regularizer ${regularizer.name}] has no site at "${at}" in the model ${model.name}. ` +
      `Set "at" to input, hidden, output, all or some of its layers: ${known}.`,
  );
}
