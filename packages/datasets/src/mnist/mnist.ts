import type { z } from 'zod';
import { definePlugin, type DatasetSource } from '@wellfit/core';
import type { RemoteFile } from '../download/remote-file.js';
import { loadIdxImages, type IdxFiles } from '../idx/load-idx-images.js';
import { imageShapes } from '../images/image-dataset.js';
import { loadedImageOptions, loadedImages } from '../images/loaded-images.js';

/** Options of {@link mnist}. */
export type MnistOptions = z.input<typeof loadedImageOptions>;

const file = (name: string, bytes: number, sha256: string): RemoteFile => ({
  name,
  bytes,
  sha256,
  urls: [
    `https://ossci-datasets.s3.amazonaws.com/mnist/${name}`,
    `https://storage.googleapis.com/cvdf-datasets/mnist/${name}`,
  ],
});

const files: IdxFiles = {
  train: {
    images: file(
      'train-images-idx3-ubyte.gz',
      9_912_422,
      '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
    ),
    labels: file(
      'train-labels-idx1-ubyte.gz',
      28_881,
      '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
    ),
  },
  test: {
    images: file(
      't10k-images-idx3-ubyte.gz',
      1_648_877,
      '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
    ),
    labels: file(
      't10k-labels-idx1-ubyte.gz',
      4_542,
      'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
    ),
  },
};

/**
 * 70,000 handwritten digits, 28 x 28 pixels with one channel (LeCun, Cortes, Burges): 60,000 to train on and 10,000 to
 * test. Inputs `[rows, 28, 28, 1]`.
 *
 * Downloads 12 MB on first use, see `fetchFile`. Loading throws DatasetError `bad-split` where a split leaves nothing,
 * as `fetchFile`, and for a damaged file `bad-gzip`, `too-large`, `bad-idx`, `bad-data`.
 *
 * @example
 * const dataset = await mnist({ validation: 10_000, scaling: 'standardize' }).load();
 */
export const mnist = definePlugin({
  kind: 'dataset',
  name: 'mnist',
  description: 'MNIST: 70,000 handwritten digits in ten classes, 28 x 28 pixels.',
  options: loadedImageOptions,
  create: (settings): DatasetSource => ({
    name: 'mnist',
    shapes: imageShapes([28, 28, 1], 10),
    async load(context = {}) {
      const { train, test, sha256 } = await loadIdxImages(files, context);
      return loadedImages(
        {
          name: 'mnist',
          classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
          shape: [28, 28, 1],
          train,
          test,
          provenance: {
            source: files.train.images.urls[0],
            sha256,
            licence: 'CC BY-SA 3.0; copyright Yann LeCun and Corinna Cortes, derived from data of NIST.',
            citation:
              'LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition. ' +
              'Proceedings of the IEEE 86(11), 1998, pages 2278-2324.',
          },
        },
        settings,
      );
    },
  }),
});
