import { definePlugin, type ModelPreset } from '@wellfit/core';
import {
  activation,
  batchNormalization,
  conv2d,
  dense,
  flatten,
  maxPool2d,
  noise,
  sequential as sequentialModel,
  type LayerBuilder,
} from '@wellfit/layers';
import { z } from 'zod';
import { initializerOption, makeInitializer, type InitializerUse } from './initializer-option.js';
import { layerEntryOption, layerKindOption, nameEntries, type NamedEntry } from './layer-entry.js';

const schema = z
  .strictObject({
    layers: z
      .array(layerEntryOption)
      .describe(
        'The layers before the output, which is added at the end: { dense: 100, activation: relu }, ' +
          '{ conv2d: 32, kernelSize: 3 }, { max-pool2d: 2 }, flatten, batch-normalization, { activation: relu }, and ' +
          'noise, where regularizers such as dropout act.',
      ),
    initializer: initializerOption
      .default('glorot-uniform')
      .describe('Initial kernels of the layers that have no initializer of their own; biases start at zero.'),
    without: z
      .array(layerKindOption)
      .default([])
      .describe('Kinds of layers to leave out; the others keep their names and initial weights.'),
  })
  .superRefine(({ layers, without }, context) => {
    // Entries that are no layer have been reported, and cannot be named.
    if (context.issues.length > 0) return;
    const entries = nameEntries(layers);
    const taken = new Set(['input', 'output']);
    entries.forEach(({ name }, i) => {
      if (taken.has(name)) {
        const message = 'is taken: give each layer a name of its own, other than input and output';
        context.addIssue({ code: 'custom', path: ['layers', i, 'name'], message });
      }
      taken.add(name);
    });
    without.forEach((kind, i) => {
      if (entries.some((entry) => entry.kind === kind)) return;
      context.addIssue({ code: 'custom', path: ['without', i], message: 'is no layer of the list' });
    });
  });

// Without any options, the list of layers is what is missing.
const options = schema.prefault({} as z.input<typeof schema>);

/** Options of the preset {@link sequential}. */
export type SequentialPresetOptions = z.input<typeof schema>;

/**
 * A model by an explicit list of its layers, from the input on; a linear layer `output`, as wide as the data asks, is
 * added at the end, and a layer `flatten` before the first dense layer where the data are still images by then.
 * Batch normalization of images is by channel, of flat rows by column: to normalize each pixel, put `flatten` first.
 *
 * Layers are named by kind and number (`dense_1`, `conv2d_1`, `pool_1`, `norm_1`, `activation_1`, `noise_1`...) or as
 * `name` says. They are numbered before `without` leaves some out, so that the others begin with the same weights.
 *
 * Its sites: all kernels; `input` where the data is dense; and the `noise` entries, or where the list has none, what
 * each dense layer and convolution returns (behind its normalization and activation, where those follow).
 *
 * @example
 * sequential({ layers: ['batch-normalization', 'noise', { dense: 100, activation: 'sigmoid' }] });
 */
export const sequential = definePlugin({
  kind: 'model',
  name: 'sequential',
  description: 'Any model of layers in a row, listed one by one.',
  options,
  create: ({ layers, initializer, without }): ModelPreset => {
    const entries = nameEntries(layers);
    const kept = entries.filter(({ kind }) => !without.includes(kind));
    // Decided by the whole list: leaving the noise entries out must not open other sites.
    const places = entries.some(({ kind }) => kind === 'noise') ? new Map<string, string>() : sitesOf(kept);
    return {
      name: 'sequential',
      build: (shapes, random) =>
        sequentialModel({
          name: 'sequential',
          shapes,
          random,
          layers: [
            ...withFlatten(kept, shapes.inputShape.length > 1, (entry) =>
              buildEntry(entry, initializer, places.get(entry.name)),
            ),
            dense({
              name: 'output',
              units: shapes.outputs,
              kernelInitializer: makeInitializer(initializer),
              role: 'output',
              activationSite: !entries.some(({ kind }) => kind === 'noise'),
            }),
          ],
        }),
    };
  },
});

/** Names of the activation sites, by the layers that offer them. */
function sitesOf(entries: readonly NamedEntry[]): Map<string, string> {
  const sites = new Map<string, string>();
  entries.forEach(({ kind, name, options: { activation: own } }, i) => {
    if (kind === 'activation' && !sites.has(name)) sites.set(name, name);
    if (kind !== 'dense' && kind !== 'conv2d') return;
    const next = entries.slice(i + 1).find((later) => later.kind !== 'batch-normalization');
    // Noise belongs behind the activation, not between the kernel and its normalization.
    sites.set(own === undefined && next?.kind === 'activation' ? next.name : name, name);
  });
  return sites;
}

/** Builds the entries, and flattens images before the first dense layer, at the latest before the output. */
function withFlatten(
  entries: readonly NamedEntry[],
  images: boolean,
  build: (entry: NamedEntry) => LayerBuilder,
): LayerBuilder[] {
  const first = entries.findIndex(({ kind }) => kind === 'dense' || kind === 'flatten');
  const built = entries.map(build);
  if (!images || entries[first]?.kind === 'flatten') return built;
  const at = first < 0 ? built.length : first;
  return [...built.slice(0, at), flatten({ name: 'flatten' }), ...built.slice(at)];
}

function buildEntry(
  { name, options: given }: NamedEntry,
  defaultInitializer: InitializerUse,
  site: string | undefined,
): LayerBuilder {
  const kernelInitializer = makeInitializer(given.initializer ?? defaultInitializer);
  const activationSite = site !== undefined;
  const layer = { ...given, name, kernelInitializer, role: 'hidden', activationSite } as const;
  if (given.dense !== undefined) return dense({ ...layer, units: given.dense });
  if (given.conv2d !== undefined) {
    return conv2d({ ...layer, filters: given.conv2d, kernelSize: given.kernelSize ?? 3 });
  }
  const pool = given['max-pool2d'];
  if (pool !== undefined) return maxPool2d({ ...given, name, poolSize: pool === true ? 2 : pool });
  if (given.flatten) return flatten({ name });
  if (given['batch-normalization']) return batchNormalization({ ...given, name });
  if (given.noise) return noise({ name });
  return activation({ name, activation: given.activation ?? 'linear', site, activationSite });
}
