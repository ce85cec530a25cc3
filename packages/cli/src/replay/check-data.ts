import type { ExperimentEvent } from '@wellfit/core';
import { CliError } from '../errors.js';

type Ready = Extract<ExperimentEvent, { readonly type: 'dataset:ready' }>;

/**
 * Refuses to replay or go on with other data than was recorded: every file that both name must have the same hash. Generated
 * data has no files.
 *
 * @throws CliError `other-data`.
 */
export function checkData(recorded: readonly Ready[], { dataset, provenance }: Ready): void {
  const before = recorded.find((one) => one.dataset === dataset)?.provenance.sha256 ?? {};
  for (const [file, sha256] of Object.entries(provenance.sha256)) {
    if (!Object.hasOwn(before, file) || before[file] === sha256) continue;
    throw new CliError(
      'other-data',
      `The data of ${dataset} is not that of the recorded run: ${file} has SHA-256 ${sha256} here, and ${before[file]} is ` +
        `recorded. Use the file of the recorded run; WELLFIT_DATASETS names the folder that files are taken from.`,
    );
  }
}
