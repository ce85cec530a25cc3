/**
 * Gives `node:util` back what tfjs-node 4.22 calls at every operation: `isNullOrUndefined` and `isArray` are gone since
 * Node 23, and Node 22 warns of them. ES imports of `node:util` do not see them.
 *
 * It uses nothing from outside of its body, since its source text is also run in a process of its own.
 *
 * @param util What `require('node:util')` gives.
 */
export function restoreOldUtil(util: object): void {
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
}
