import type { Dataset, Split } from '@wellfit/core';
import { CliError } from '../errors.js';

/**
 * The rows to work on: those asked for, else test rows, or validation rows where a dataset has no test rows, as where
 * its test set is the validation set.
 *
 * @throws CliError `bad-option` where there are no such rows.
 */
export function chooseSplit({ name, sizes }: Dataset, asked: Split | undefined): Split {
  const split = asked ?? (sizes.test === 0 && sizes.validation > 0 ? 'validation' : 'test');
  if (sizes[split] > 0) return split;
  const others = (Object.keys(sizes) as Split[]).filter((other) => sizes[other] > 0);
  throw new CliError(
    'bad-option',
    `${name} has no ${split} rows here; there are ${others.join(', ')}. Choose one by --split.`,
  );
}
