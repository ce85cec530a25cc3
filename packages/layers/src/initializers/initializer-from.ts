import { suggest } from '@wellfit/core';
import { LayerError } from '../errors.js';
import type { InitializerConfig } from '../layer-config.js';
import type { Initializer } from './initializer.js';
import { initializers } from './initializers.js';

/**
 * Makes an initializer from its name and options, such as the `config` of another.
 *
 * @throws LayerError `unknown-initializer`.
 * @throws CoreError `bad-option` where the initializer refuses the options.
 * @example
 * initializerFrom({ name: 'random-normal', stddev: 0.01 });
 */
export function initializerFrom({ name, ...options }: InitializerConfig): Initializer {
  const known: Readonly<Record<string, (options?: never) => Initializer>> = initializers;
  if (!Object.hasOwn(known, name)) {
    const meant = suggest(name, Object.keys(known));
    throw new LayerError(
      'unknown-initializer',
      `There is no initializer "${name}"${meant ? `; did you mean ${meant}?` : `. There are: ${Object.keys(known).join(', ')}.`}`,
    );
  }
  return known[name](options as never);
}
