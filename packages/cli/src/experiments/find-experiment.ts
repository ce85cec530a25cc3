import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { errorMessage, suggest } from '@wellfit/core';
import { CliError } from '../errors.js';
import { builtinExperiments } from './builtin-experiments.js';

/** No experiment comes near; reading something else by mistake would only fill the memory. */
const LARGEST_FILE = 1024 * 1024;

/** The text of an experiment, and where it came from. */
export interface ExperimentSource {
  readonly text: string;
  /** As it appears in messages: the path as one would type it, or the built-in's file name. */
  readonly label: string;
  readonly format: 'yaml' | 'json';
  /** Where its plugins' paths start: the file's folder; the working folder for a built-in one. */
  readonly folder: string;
}

/**
 * Reads an experiment by the name of a built-in one or by the path of a YAML or JSON file.
 *
 * @throws CliError `unknown-experiment` or `unreadable`.
 */
export async function findExperiment(reference: string, cwd: string): Promise<ExperimentSource> {
  const builtin = await builtinExperiments();
  const known = builtin.get(reference);
  if (known !== undefined) {
    return { text: await readText(known, reference), label: basename(known), format: 'yaml', folder: cwd };
  }
  const path = resolve(cwd, reference);
  if (!(await stat(path).catch(() => undefined))) throw unknownExperiment(reference, [...builtin.keys()]);
  const near = relative(cwd, path);
  const label = near === '' || near.startsWith('..') ? path : near;
  const format = /\.json$/i.test(path) ? 'json' : 'yaml';
  return { text: await readText(path, label), label, format, folder: dirname(path) };
}

function unknownExperiment(reference: string, names: readonly string[]): CliError {
  const meant = suggest(reference, names);
  const what = /[/\\]|\.(ya?ml|json)$/i.test(reference)
    ? `There is no file ${reference}`
    : `There is no experiment or file ${reference}`;
  return new CliError(
    'unknown-experiment',
    `${what}.${meant ? ` Did you mean ${meant}?` : ''} Built-in experiments: ${names.join(', ')}.`,
  );
}

async function readText(path: string, label: string): Promise<string> {
  const unreadable = (why: string): CliError =>
    new CliError('unreadable', `${label} cannot be read: ${why}.`);
  const info = await stat(path);
  if (info.isDirectory()) throw unreadable('it is a folder; give the path of a YAML or JSON file');
  if (!info.isFile() && !info.isFIFO()) throw unreadable('it is neither a file nor a pipe');
  let bytes: Uint8Array;
  try {
    // A pipe does not say how much is coming; one byte more than is allowed tells that it is too much.
    bytes = await buffer(createReadStream(path, { end: LARGEST_FILE }));
  } catch (error) {
    throw unreadable(errorMessage(error));
  }
  if (bytes.length > LARGEST_FILE) throw unreadable('it is larger than 1 MiB, more than any experiment');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('it is not UTF-8 text');
  }
}
