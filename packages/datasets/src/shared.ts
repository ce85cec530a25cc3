import type { LoadContext } from '@wellfit/core';

/** What `make` gives, from the datasets loaded before where the host lets them share; it must not be changed. */
export function shared<T>(
  { share }: Pick<LoadContext, 'share'>,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  return share ? share(`@wellfit/datasets ${key}`, make) : make();
}
