import type { RemoteFile } from '../download/remote-file.js';

/** The reviews in Keras' encoding, where Keras itself gets them. */
export const imdbFile = {
  name: 'imdb.npz',
  bytes: 17_464_789,
  sha256: '69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f',
  urls: ['https://storage.googleapis.com/tensorflow/tf-keras-datasets/imdb.npz'],
} as const satisfies RemoteFile;
