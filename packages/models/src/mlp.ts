import { definePlugin, schemaProblems, type ModelPreset } from '@wellfit/core';
import {
  activation as activationLayer,
  activationFunctions,
  batchNormalization,
  dense,
  initializers,
  sequential,
  type ActivationName,
  type Initializer,
  type LayerBuilder,
} from '@wellfit/layers';
import { z } from 'zod';

const activationNames = Object.keys(activationFunctions) as [ActivationName, ...ActivationName[]];
const initializerNames = Object.keys(initializers) as [
  keyof typeof initializers,
  ...(keyof typeof initializers)[],
];

const options = z
  .strictObject({
    units: z
      .array(z.int().min(1).max(100_000))
      .default([16, 16])
      .describe('Width of each hidden layer, from the input to the output; [] is a linear model.'),
    activation: z.enum(activationNames).default('relu').describe('Activation of the hidden layers.'),
    normalization: z
      .enum(['none', 'batch'])
      .default('none')
      .describe('Batch normalization between each hidden layer and its activation.'),
    initializer: z
      .union([
        z.enum(initializerNames),
        z.looseObject({ name: z.enum(initializerNames) }).superRefine(checkInitializer),
      ])
      .default('glorot-uniform')
      .describe('Initial kernels of all layers; biases start at zero.'),
  })
  .prefault({});

/** Options of {@link mlp}. */
export type MlpOptions = z.input<typeof options>;

/**
 * The multilayer perceptron: hidden layers `hidden_1`, `hidden_2`... of the given widths and a linear layer `output`.
 *
 * Its sites: `hidden_<i>` (kernel and activation), `output` (kernel and activation), and `input` where the data is
 * dense.
 */
export const mlp = definePlugin({
  kind: 'model',
  name: 'mlp',
  description: 'Multilayer perceptron: fully connected hidden layers of given widths.',
  options,
  create: ({ units, activation, normalization, initializer }): ModelPreset => ({
    name: 'mlp',
    build: (shapes, random) =>
      sequential({
        name: 'mlp',
        shapes,
        random,
        layers: [
          ...units.flatMap((width, i) =>
            hidden({
              name: `hidden_${i + 1}`,
              width,
              activation,
              normalization,
              kernel: makeInitializer(initializer),
            }),
          ),
          dense({
            name: 'output',
            units: shapes.outputs,
            kernelInitializer: makeInitializer(initializer),
            role: 'output',
          }),
        ],
      }),
  }),
});

interface HiddenOptions {
  readonly name: string;
  readonly width: number;
  readonly activation: ActivationName;
  readonly normalization: 'none' | 'batch';
  readonly kernel: Initializer;
}

function hidden({ name, width, activation, normalization, kernel }: HiddenOptions): LayerBuilder[] {
  const base = { name, units: width, kernelInitializer: kernel, role: 'hidden' } as const;
  if (normalization === 'none') return [dense({ ...base, activation })];
  return [
    // Noise belongs behind the activation, not between the kernel and its normalization.
    dense({ ...base, activationSite: false }),
    batchNormalization({ name: `${name}_norm` }),
    activationLayer({ name: `${name}_activation`, activation, site: name }),
  ];
}

type InitializerUse = { readonly name: keyof typeof initializers; readonly [option: string]: unknown };

/** Checks an initializer's own options where the model's are checked: before anything is trained. */
function checkInitializer(use: InitializerUse, context: z.RefinementCtx): void {
  const { name, ...own } = use;
  const schema: z.ZodType = initializers[name].plugin.options;
  const result = schema.safeParse(own);
  if (result.success) return;
  for (const { path, message } of schemaProblems(result.error, schema, own)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
}

function makeInitializer(use: z.output<typeof options>['initializer']): Initializer {
  const { name, ...own } = typeof use === 'string' ? { name: use } : use;
  const create: (given?: never) => Initializer = initializers[name];
  return create((Object.keys(own).length > 0 ? own : undefined) as never);
}
