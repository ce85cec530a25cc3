/** What `wellfit list` can list. */
export const listKinds = [
  'experiments',
  'datasets',
  'models',
  'regularizers',
  'callbacks',
  'optimizers',
  'initializers',
  'reporters',
  'backends',
] as const;

/** One of the lists. */
export type ListKind = (typeof listKinds)[number];
