import { addN, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Model, Site } from '../contracts/model.js';
import type { PlacedRegularizer, Regularizer, SiteSelector } from '../contracts/regularizer.js';
import { CoreError } from '../errors.js';
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
 * @throws CoreError `no-site` where one would act nowhere: an arm that changes nothing must not look like a result.
 */
export function applyRegularizers(
  model: Model,
  placed: readonly PlacedRegularizer[],
  seed: number,
): AppliedRegularizers {
  const penalties: (() => Scalar)[] = [];
  const noises = new Map<Site, Regularizer[]>();
  for (const { regularizer, at = 'hidden' } of placed) {
    let sites = 0;
    for (const site of model.sites.filter((candidate) => isSelected(candidate, at))) {
      const { weight } = site;
      if (site.kind === 'kernel' && weight && regularizer.penalty) {
        penalties.push(() => regularizer.penalty!(weight.variable));
        sites += 1;
      }
      if (site.kind !== 'kernel' && regularizer.noise) {
        noises.set(site, [...(noises.get(site) ?? []), regularizer]);
        sites += 1;
      }
    }
    if (sites === 0) throw nowhere(model, regularizer, at);
  }
  return {
    ...(penalties.length > 0 && { penalty: () => addN(penalties.map((penalty) => penalty())) }),
    ...(noises.size > 0 && {
      noise: (step) => (site, x) =>
        (noises.get(site) ?? []).reduce((current, regularizer) => {
          const random = randomStream(seed, `noise/${site.layer}/${regularizer.name}/${step}`);
          return regularizer.noise!(current, { random });
        }, x),
    }),
  };
}

function isSelected(site: Site, at: SiteSelector): boolean {
  if (typeof at !== 'string') return at.includes(site.layer);
  return at === 'all' || at === site.role;
}

function nowhere(model: Model, regularizer: Regularizer, at: SiteSelector): CoreError {
  const known = [...new Set(model.sites.map((site) => site.layer))].join(', ');
  const where = typeof at === 'string' ? at : at.join(', ');
  return new CoreError(
    'no-site',
    `[regularizer ${regularizer.name}] has no site at "${where}" in the model ${model.name}. ` +
      `Set "at" to input, hidden, output, all or some of its layers: ${known}.`,
  );
}
