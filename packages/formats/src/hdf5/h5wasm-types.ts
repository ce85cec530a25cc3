import type { Group as H5Group, ready } from 'h5wasm';

/** An open group of an HDF5 file. */
export type Group = H5Group;

/** The library itself. */
export type H5Module = Awaited<typeof ready>;
