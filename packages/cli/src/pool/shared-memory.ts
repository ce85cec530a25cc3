import { shareLoads, type ShareLoad } from '@wellfit/core';

/** Loads datasets so that what they decode lies in memory that worker threads can share. */
export interface SharedLoads {
  readonly share: ShareLoad;
  /** What was decoded, by key, as far as threads can share it. */
  readonly decoded: ReadonlyMap<string, unknown>;
}

/** Makes a {@link SharedLoads} that is empty. */
export function sharedLoads(): SharedLoads {
  const decoded = new Map<string, unknown>();
  const load = shareLoads();
  const share: ShareLoad = (key, make) =>
    load(key, async () => {
      const value = await make();
      const moved = inSharedMemory(value);
      if (moved === undefined) return value;
      decoded.set(key, moved);
      return moved as typeof value;
    });
  return { share, decoded };
}

/**
 * The same plain data with its typed arrays moved to shared memory; undefined for what is not made of plain objects,
 * arrays, typed arrays and primitives, of which every thread has to make its own.
 */
export function inSharedMemory(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return moved(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return undefined;
  const entries = Object.entries(value).map(([key, inner]) => [key, inner, inSharedMemory(inner)] as const);
  if (entries.some(([, inner, shared]) => shared === undefined && inner !== undefined)) return undefined;
  if (Array.isArray(value)) return entries.map(([, , shared]) => shared);
  return Object.fromEntries(entries.map(([key, , shared]) => [key, shared]));
}

type View = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

function moved(view: ArrayBufferView): unknown {
  if (view instanceof DataView) return undefined;
  const typed = view as View;
  if (typed.buffer instanceof SharedArrayBuffer) return typed;
  const Kind = typed.constructor as new (buffer: SharedArrayBuffer) => View;
  const copy = new Kind(new SharedArrayBuffer(typed.byteLength));
  copy.set(typed);
  return copy;
}
