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

const kinds = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
];

function moved(view: ArrayBufferView): unknown {
  if (view.buffer instanceof SharedArrayBuffer) return view;
  // A Buffer is a Uint8Array, and arrives as one.
  const Kind = kinds.find((kind) => view instanceof kind) as typeof Uint8Array | undefined;
  if (!Kind) return undefined;
  const copy = new Kind(new SharedArrayBuffer(view.byteLength));
  copy.set(view as Uint8Array);
  return copy;
}
