import type { Dataset, Split } from '@wellfit/core';

/** What a dataset is, in a few lines. */
export function describeDataset(dataset: Dataset): string {
  const { name, task, sizes, inputKind, inputShape, outputs, classNames, provenance } = dataset;
  const rows = (Object.keys(sizes) as Split[])
    .filter((split) => sizes[split] > 0)
    .map((split) => `${sizes[split].toLocaleString('en-US')} ${split}`);
  const input = inputKind === 'multi-hot' ? `${inputShape[0]} columns of 0 or 1` : inputShape.join(' x ');
  const classes = classNames ?? (outputs > 1 ? [`${outputs} classes`] : []);
  return [
    name,
    `  rows     ${rows.join(', ')}`,
    `  inputs   ${input}`,
    `  task     ${task}${classes.length > 0 ? `: ${classes.join(', ')}` : ''}`,
    `  source   ${provenance.source}`,
    `  licence  ${provenance.licence}`,
    ...(provenance.citation === undefined ? [] : [`  cite     ${provenance.citation}`]),
  ].join('\n');
}
