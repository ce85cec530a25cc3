/**
 * Memory of this instance of the module alone. Every thread has an instance of its own, and globals of an instance are
 * its own too, so this is thread-local storage.
 */
let local: usize = 0;

/** Bytes that {@link setLocal} is given. */
export const LOCAL_BYTES: i32 = 1048576;

/** Where pointer tables and spare rows lie. */
@inline
export function localMemory(): usize {
  return local;
}

/** Gives this instance its own memory, 16-byte aligned; to be called once, before any kernel. */
export function setLocal(address: usize): void {
  local = address;
}
