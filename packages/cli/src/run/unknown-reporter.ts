import { suggest } from '@wellfit/core';
import type { AllPlugins } from '../plugins/builtin-plugins.js';

/** What there is to say of a name that is no reporter's. */
export interface UnknownReporter {
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
}

/** Says why a name is no reporter's; undefined where it is one. */
export function unknownReporter(
  name: string,
  { reporters, callbacks }: Pick<AllPlugins, 'reporters' | 'callbacks'>,
): UnknownReporter | undefined {
  if (Object.hasOwn(reporters, name)) return undefined;
  if (Object.hasOwn(callbacks, name)) {
    return {
      message:
        `"${name}" was loaded as a callback; a reporter must say its kind: ` +
        `factory.plugin = { kind: 'reporter', name: '${name}' }`,
    };
  }
  const names = Object.keys(reporters);
  const suggestion = suggest(name, names);
  return {
    message: `unknown reporter "${name}"; known: ${names.join(', ')}`,
    ...(suggestion !== undefined && { suggestion }),
  };
}
