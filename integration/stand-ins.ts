/** Generated data that takes the same options as the real one. */
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  imdb: ['name=synthetic-reviews', 'train=0.02', 'test=60'],
  mnist: ['name=synthetic-digits', 'trainRows=200', 'testRows=60'],
  cifar10: ['name=synthetic-images', 'trainRows=60', 'testRows=40'],
};

/** The built-in experiments on real data. */
export const experimentsOnData = [
  'cifar10-dropout',
  'imdb-10k',
  'imdb-capacity',
  'imdb-depth',
  'imdb-early-stopping',
  'imdb-penalties',
  'imdb-remedies',
  'learning-curve',
  'mnist-batchnorm',
  'mnist-dropout',
  'mnist-early-stopping',
  'mnist-initialisers',
  'mnist-mlp',
  'mnist-mlp-short',
  'mnist-optimizers',
  'mnist-weight-decay',
] as const;

/** What is read of an experiment, as `wellfit print-config` shows it. */
export interface PrintedSpec {
  readonly dataset: { readonly name: string };
  readonly arms: Readonly<Record<string, { readonly dataset?: { readonly name?: string } } | null>>;
}

/**
 * Options that make an experiment short: one epoch of generated data, put in the place of the real one in the base and in
 * every arm.
 */
export function shortened({ dataset, arms }: PrintedSpec): string[] {
  const own = Object.entries(arms).flatMap(([arm, patch]) => {
    const name = patch?.dataset?.name;
    return name === undefined ? [] : [[`arms.${arm}.dataset`, name] as const];
  });
  const standIns = [['dataset', dataset.name] as const, ...own].flatMap(([path, name]) =>
    STAND_INS[name].flatMap((change) => ['--set', `${path}.${change}`]),
  );
  return [...standIns, '--epochs', '1', '--set', 'training.batchSize=30'];
}
