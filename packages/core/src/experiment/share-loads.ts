import type { ShareLoad } from '../contracts/dataset.js';

/**
 * Makes a {@link LoadContext.share} for datasets that are loaded by one host. What it holds lives as long as it does, so
 * let go of it when all are loaded. A load that failed is tried again.
 *
 * @example
 * const share = shareLoads();
 * const small = await mnist({ train: 0.1 }).load({ share });
 * const all = await mnist().load({ share }); // the files were decoded once
 */
export function shareLoads(): ShareLoad {
  const made = new Map<string, Promise<unknown>>();
  return async <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const value = made.get(key) ?? make();
    made.set(key, value);
    try {
      // Equal keys are made by equal functions, so this is what `make` gives.
      return (await value) as T;
    } catch (error) {
      made.delete(key);
      throw error;
    }
  };
}
