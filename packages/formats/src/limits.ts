/**
 * Largest file that is read, in bytes (1 GiB): a model of 268 million weights. Larger ones were hardly made by what
 * this package supports, and would fill the memory several times over.
 */
export const LARGEST_FILE = 2 ** 30;

/** Most values in the weights of one model, as many as {@link LARGEST_FILE} can hold. */
export const MOST_VALUES = LARGEST_FILE / 4;

/** Largest description of an architecture, in bytes. A layer takes about 1 kB. */
export const LARGEST_CONFIG = 16 * 2 ** 20;

/** Most files over which the weights of a TensorFlow.js model are spread; it writes them in parts of 4 MB. */
export const MOST_FILES = 1000;

/** Most layers of one model. HDF5 keeps their names in one attribute of at most 64 kB. */
export const MOST_LAYERS = 1000;
