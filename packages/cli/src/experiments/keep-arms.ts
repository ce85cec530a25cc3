import { suggest, type ExperimentSpec } from '@wellfit/core';
import { CliError } from '../errors.js';

/**
 * Leaves only some arms of an experiment, in the order of the experiment. Where the baseline is not among them, the
 * first that is left takes its place.
 *
 * @throws CliError `unknown-arm`, or `usage` where none is wanted.
 */
export function keepArms(spec: ExperimentSpec, wanted: readonly string[] | undefined): ExperimentSpec {
  if (wanted === undefined) return spec;
  const names = Object.keys(spec.arms);
  if (wanted.length === 0) {
    throw new CliError('usage', `--arms names no arm. ${spec.name} has: ${names.join(', ')}.`);
  }
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = suggest(unknown, names);
    throw new CliError(
      'unknown-arm',
      `${spec.name} has no arm ${unknown}.${meant ? ` Did you mean ${meant}?` : ''} Its arms: ${names.join(', ')}.`,
    );
  }
  const { baseline, ...rest } = spec;
  return {
    ...rest,
    ...(baseline !== undefined && wanted.includes(baseline) && { baseline }),
    arms: Object.fromEntries(Object.entries(spec.arms).filter(([name]) => wanted.includes(name))),
  };
}
