import { z } from 'zod';
import type { Named } from './contracts/named.js';
import { CoreError } from './errors.js';
import { problemList } from './experiment/problem-text.js';
import { schemaProblems } from './experiment/schema-problems.js';

/** What documentation, checks and the command line know of a plugin. */
export interface PluginMeta<S extends z.ZodType = z.ZodType> {
  readonly kind: string;
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** Accepts `undefined`: every plugin works without options, or says which one is missing. */
  readonly options: S;
}

/** The options of a plugin that takes none. */
export const noOptions = z.undefined();

/**
 * Creates a plugin from checked options. `H` is what the host adds, such as a reporter's folder.
 * Third-party factories may be plain functions without `plugin`.
 */
export interface PluginFactory<P extends Named, O = unknown, H extends readonly unknown[] = []> {
  (options?: O, ...host: H): P;
  readonly plugin?: PluginMeta;
}

/**
 * Makes a factory that checks its options before it creates anything.
 *
 * @throws CoreError `bad-option`, prefixed `[kind name]`, with one problem per bad key.
 * @example
 * const l2 = definePlugin({ kind: 'regularizer', name: 'l2', description: 'Adds ...',
 *   options: z.number().positive().optional(), create: (strength = 0.01) => ({ name: 'l2', ... }) });
 */
export function definePlugin<P extends Named, S extends z.ZodType, H extends readonly unknown[] = []>(
  meta: PluginMeta<S> & { readonly create: (options: z.output<S>, ...host: H) => P },
): PluginFactory<P, z.input<S>, H> & { readonly plugin: PluginMeta<S> } {
  const factory = (options?: z.input<S>, ...host: H): P => meta.create(checkOptions(meta, options), ...host);
  return Object.assign(factory, { plugin: meta });
}

function checkOptions<S extends z.ZodType>(meta: PluginMeta<S>, options: unknown): z.output<S> {
  const result = meta.options.safeParse(options);
  if (result.success) return result.data;
  const problems = schemaProblems(result.error, meta.options, options);
  throw new CoreError(
    'bad-option',
    `[${meta.kind} ${meta.name}] ${problemList(problems).replaceAll('\n', '; ')}`,
    {
      problems,
    },
  );
}
