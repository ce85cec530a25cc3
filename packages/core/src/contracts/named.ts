/** Anything that logs, errors and the command line refer to by name. */
export interface Named {
  /** Kebab-case, unique among plugins of one kind, for instance `early-stopping`. */
  readonly name: string;
}

/** Plain data that survives `JSON.stringify` and `JSON.parse` unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
