/** What can stand on the stack while a pickle of integer lists is read: plain data, nothing that can be called. */
export type PickleValue =
  number | string | boolean | null | PickleList | PickleTuple | PickleGlobal | PickleObject;

const NO_ROWS: readonly PickleList[] = [];

/** A list: of integers, kept as a range of one large array, or of lists. */
export class PickleList {
  /** Where its integers begin. */
  start = 0;
  /** Number of its integers. */
  length = 0;
  /** Its lists; a list that has them has no integers. Most lists have none, so the array is made late. */
  rows: readonly PickleList[] = NO_ROWS;

  /** Appends a list. */
  add(row: PickleList): void {
    if (this.rows === NO_ROWS) this.rows = [];
    (this.rows as PickleList[]).push(row);
  }
}

/** A tuple. */
export class PickleTuple {
  constructor(readonly items: readonly PickleValue[]) {}
}

/** The name of something in a Python module. It is a label only: nothing is looked up or called. */
export class PickleGlobal {
  constructor(readonly name: 'reconstruct' | 'ndarray' | 'dtype') {}
}

/** An array or type that NumPy would build. */
export class PickleObject {
  /** What the array is restored from. */
  state?: PickleTuple;
  constructor(readonly kind: 'array' | 'dtype') {}
}

/** The only names that a pickle may contain; NumPy 2 renamed a module. */
export const allowedGlobals: ReadonlyMap<string, PickleGlobal['name']> = new Map([
  ['numpy.core.multiarray _reconstruct', 'reconstruct'],
  ['numpy._core.multiarray _reconstruct', 'reconstruct'],
  ['numpy ndarray', 'ndarray'],
  ['numpy dtype', 'dtype'],
]);
