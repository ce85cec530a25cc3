import { initializerFrom, initializers, type Initializer, type InitializerConfig } from '@wellfit/layers';
import { z } from 'zod';

/** Name of an initializer of `@wellfit/layers`. */
export type InitializerName = keyof typeof initializers;

/** An initializer by name, or with its options beside the name. */
export type InitializerUse = InitializerName | (InitializerConfig & { readonly name: InitializerName });

const names = Object.keys(initializers) as [InitializerName, ...InitializerName[]];

/** What an initializer takes, and its name. */
function withName(name: InitializerName) {
  const options = initializers[name].plugin.options as z.ZodPrefault<z.ZodObject>;
  return options.unwrap().safeExtend({ name: z.literal(name) });
}

const [first, ...others] = names.map(withName);

/**
 * The option that chooses the initial kernels. An initializer's own options are checked with those of the model, so
 * that a slip is found before anything is trained.
 */
export const initializerOption = z.union([
  z.discriminatedUnion('name', [first, ...others]),
  z.enum(names),
]) as z.ZodType<InitializerUse, InitializerUse>;

/** Makes the initializer that the option chose. */
export function makeInitializer(use: InitializerUse): Initializer {
  return initializerFrom(typeof use === 'string' ? { name: use } : use);
}
