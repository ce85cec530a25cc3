import type { Override } from '@wellfit/core';
import { parseDocument } from 'yaml';
import { CliError } from '../errors.js';

/** An override and the argument that made it, for messages. */
export interface LabelledOverride extends Override {
  readonly label: string;
}

/**
 * Reads `--set training.epochs=5`: a dotted path, `=`, and a value in YAML, so that `5` is a number, `[32, 32]` a list
 * and `{rate: 0.5}` a map.
 *
 * @throws CliError `usage`.
 */
export function parseSet(argument: string): LabelledOverride {
  const label = `--set ${argument}`;
  const equals = argument.indexOf('=');
  if (equals < 1) {
    throw new CliError('usage', `${label} lacks a path or a value: write --set training.epochs=5.`);
  }
  const document = parseDocument(argument.slice(equals + 1), { prettyErrors: false, stringKeys: true });
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw new CliError('usage', `${label}: the value is not valid YAML: ${error.message}.`);
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return { path: argument.slice(0, equals), value, label };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new CliError('usage', `${label}: the value must not hold aliases.`, { cause: error });
  }
}
