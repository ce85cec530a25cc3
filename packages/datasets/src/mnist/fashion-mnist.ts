import type { z } from 'zod';
import { definePlugin, type DatasetSource } from '@wellfit/core';
import type { RemoteFile } from '../download/remote-file.js';
import { loadIdxImages, type IdxFiles } from '../idx/load-idx-images.js';
import { imageShapes } from '../images/image-dataset.js';
import { loadedImageOptions, loadedImages } from '../images/loaded-images.js';

/** Options of {@link fashionMnist}. */
export type FashionMnistOptions = z.input<typeof loadedImageOptions>;

/** In a folder of their own: they have the names of MNIST's files. Only their MD5 is published. */
const file = (name: string, bytes: number, md5: string): RemoteFile => ({
  name: `fashion-mnist/${name}`,
  bytes,
  md5,
  // The authors' own place has no https; the first is where Keras takes the same files from.
  urls: [
    `https://storage.googleapis.com/tensorflow/tf-keras-datasets/${name}`,
    `http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/${name}`,
  ],
});

const files: IdxFiles = {
  train: {
    images: file('train-images-idx3-ubyte.gz', 26_421_880, '8d4fb7e6c68d591d4c3dfef9ec88bf0d'),
    labels: file('train-labels-idx1-ubyte.gz', 29_515, '25c81989df183df01b3e8a0aad5dffbe'),
  },
  test: {
    images: file('t10k-images-idx3-ubyte.gz', 4_422_102, 'bef4ecab320f06d8554ea6380940ec79'),
    labels: file('t10k-labels-idx1-ubyte.gz', 5_148, 'bb300cfdad3c16e7a12a480ee83cd310'),
  },
};

/**
 * 70,000 pictures of clothing in the form of MNIST, and harder: 28 x 28 pixels with one channel, 60,000 to train on and
 * 10,000 to test (Xiao, Rasul, Vollgraf 2017). Inputs `[rows, 28, 28, 1]`.
 *
 * Downloads 31 MB on first use, see `fetchFile`; a mirror has the files in a folder `fashion-mnist`. The files are
 * checked by the MD5 that their authors publish. Loading throws as that of `mnist`.
 *
 * @example
 * const dataset = await fashionMnist({ validation: 0.2 }).load();
 */
export const fashionMnist = definePlugin({
  kind: 'dataset',
  name: 'fashion-mnist',
  description: 'Fashion-MNIST: 70,000 pictures of clothing in ten classes, 28 x 28 pixels.',
  options: loadedImageOptions,
  create: (settings): DatasetSource => ({
    name: 'fashion-mnist',
    shapes: imageShapes([28, 28, 1], 10),
    async load(context = {}) {
      const { train, test, sha256 } = await loadIdxImages(files, context);
      return loadedImages(
        {
          name: 'fashion-mnist',
          classNames: [
            'T-shirt/top',
            'Trouser',
            'Pullover',
            'Dress',
            'Coat',
            'Sandal',
            'Shirt',
            'Sneaker',
            'Bag',
            'Ankle boot',
          ],
          shape: [28, 28, 1],
          train,
          test,
          provenance: {
            source: 'https://github.com/zalandoresearch/fashion-mnist',
            sha256,
            licence: 'MIT; copyright Zalando SE',
            citation:
              'Xiao, Rasul, Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning ' +
              'Algorithms. 2017, arXiv:1708.07747.',
          },
        },
        settings,
      );
    },
  }),
});
