import type { ExperimentSpec, Reporter, ReporterHost } from '@wellfit/core';
import type { ReporterFactory } from '../plugins/builtin-plugins.js';

/** Makes a reporter of the options that an experiment file gives it; `true` takes the defaults. */
export function makeReporter(
  factory: ReporterFactory,
  option: ExperimentSpec['reporters'][string],
  host: ReporterHost,
): Reporter {
  // Each factory checks the options that it is given.
  return factory((option === true ? undefined : option) as never, host);
}
