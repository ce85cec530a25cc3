import { z } from 'zod';
import { activationOption } from './activation-option.js';
import { initializerOption } from './initializer-option.js';

const width = z.int().min(1).max(100_000);
const extent = z.int().min(1).max(1_000);
const extents = z.union([extent, z.tuple([extent, extent])]);

/** Kinds of layers: the options that each takes beside `name`, and what its default name begins with. */
const KINDS = {
  dense: { prefix: 'dense', options: ['activation', 'initializer', 'useBias'] },
  conv2d: {
    prefix: 'conv2d',
    options: ['kernelSize', 'strides', 'padding', 'activation', 'initializer', 'useBias'],
  },
  'max-pool2d': { prefix: 'pool', options: ['strides', 'padding'] },
  flatten: { prefix: 'flatten', options: [] },
  activation: { prefix: 'activation', options: [] },
  'batch-normalization': { prefix: 'norm', options: ['momentum', 'epsilon', 'center', 'scale'] },
  noise: { prefix: 'noise', options: [] },
} as const;

/** Kind of a layer in a list of layers. */
export type LayerKind = keyof typeof KINDS;

const kinds = Object.keys(KINDS) as [LayerKind, ...LayerKind[]];

/** The option that names kinds of layers. */
export const layerKindOption = z.enum(kinds);

const layerObject = z
  .strictObject({
    dense: width.describe('A fully connected layer of so many units.'),
    conv2d: width.describe('A convolution with so many filters.'),
    'max-pool2d': z
      .union([extents, z.literal(true, { error: 'must be a size such as 2 or [2, 3], or true' })])
      .describe('A max pool of this size; true is 2 x 2.'),
    flatten: z.literal(true).describe('Lays out images flat; done by itself before the first dense layer.'),
    activation: activationOption.describe('Of the dense layer or convolution; alone, a layer of its own.'),
    'batch-normalization': z.literal(true).describe('Batch normalization.'),
    noise: z.literal(true).describe('A place where noise regularizers such as dropout act.'),
    name: z
      .string()
      .regex(/^[A-Za-z][\w.-]*$/, 'must begin with a letter and hold only letters, digits, _ . and -')
      .describe('Name of the layer; by default its kind and number, such as dense_1.'),
    initializer: initializerOption.describe('Initial kernel.'),
    useBias: z.boolean().describe('Whether a bias is added; true by default.'),
    kernelSize: extents.describe('Rows and columns of the kernel; 3 by default.'),
    strides: extents.describe('How far the window moves: by default 1, for pools as far as it is large.'),
    padding: z.enum(['same', 'valid']).describe('What happens at the edges of images; valid by default.'),
    momentum: z.number().min(0).max(1).describe('Weight of the past in moving averages; 0.99 by default.'),
    epsilon: z.number().positive().describe('Added to the variance; 0.001 by default.'),
    center: z.boolean().describe('Whether an offset is learned; true by default.'),
    scale: z.boolean().describe('Whether a factor is learned; true by default.'),
  })
  .partial()
  .superRefine(checkKind);

/** One layer in a list of layers: its kind, or a map with the kind as a key. */
export const layerEntryOption = z.union([
  layerObject,
  z.enum(['max-pool2d', 'flatten', 'batch-normalization', 'noise'], {
    error: 'must be max-pool2d, flatten, batch-normalization or noise, or a map such as { dense: 100 }',
  }),
]);

type LayerOptions = z.output<typeof layerObject>;

/** A layer of the list with its name. */
export interface NamedEntry {
  readonly kind: LayerKind;
  readonly name: string;
  readonly options: LayerOptions;
}

/** Names the layers of a list by kind and number, where they have no name of their own. */
export function nameEntries(entries: readonly z.output<typeof layerEntryOption>[]): NamedEntry[] {
  const counts = new Map<LayerKind, number>();
  return entries.map((entry) => {
    const options: LayerOptions = typeof entry === 'string' ? { [entry]: true } : entry;
    const [kind] = kindsOf(options);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return { kind, name: options.name ?? `${KINDS[kind].prefix}_${count}`, options };
  });
}

/** The kinds that an entry names; `activation` beside another kind is that one's option. */
function kindsOf(options: LayerOptions): LayerKind[] {
  const named = kinds.filter((kind) => options[kind] !== undefined);
  return named.length > 1 ? named.filter((kind) => kind !== 'activation') : named;
}

function checkKind(options: LayerOptions, context: z.RefinementCtx): void {
  // A misspelt kind has been reported as an unknown key.
  if (context.issues.length > 0) return;
  const [kind, ...others] = kindsOf(options);
  if (!kind || others.length > 0) {
    const message = kind
      ? `is ${[kind, ...others].join(' and ')} at once: make each an entry of its own`
      : `names no layer: it needs one of ${kinds.join(', ')}`;
    context.addIssue({ code: 'custom', path: [], message });
    return;
  }
  const allowed: readonly string[] = [kind, 'name', ...KINDS[kind].options];
  for (const option of Object.keys(options).filter((key) => !allowed.includes(key))) {
    const message = `is no option of ${kind}, which takes ${allowed.slice(1).join(', ')}`;
    context.addIssue({ code: 'custom', path: [option], message });
  }
}
