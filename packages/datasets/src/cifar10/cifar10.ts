import type { z } from 'zod';
import { definePlugin, type DatasetSource, type Provenance } from '@wellfit/core';
import { fetchChecked } from '../download/fetch-checked.js';
import { imageShapes } from '../images/image-dataset.js';
import { loadedImageOptions, loadedImages } from '../images/loaded-images.js';
import { shared } from '../shared.js';
import { cifar10Archive, cifar10Members } from './cifar10-archive.js';

/** Options of {@link cifar10}. */
export type Cifar10Options = z.input<typeof loadedImageOptions>;

const provenance: Provenance = {
  source: cifar10Archive.urls[0],
  sha256: Object.fromEntries(cifar10Members.map(({ name, sha256 }) => [name, sha256])),
  licence: 'No formal licence: the author asks to be cited.',
  citation: 'Krizhevsky: Learning Multiple Layers of Features from Tiny Images. Technical report, 2009.',
};

/**
 * 60,000 colour photographs in ten classes, 32 x 32 pixels with three channels (Krizhevsky 2009): 50,000 to train on and
 * 10,000 to test. Inputs `[rows, 32, 32, 3]`.
 *
 * Downloads 170 MB on first use, see `fetchFile`, and keeps the archive; loaded, the images take 184 MB. The archive is
 * recognized by the SHA-256 of its members, so a mirror may have one that was packed anew. Loading throws DatasetError
 * `bad-split` where a split leaves nothing, as `fetchFile`, and for a damaged archive `bad-gzip`, `bad-tar`,
 * `too-large`, `wrong-hash`, `bad-data`.
 *
 * @example
 * const dataset = await cifar10({ validation: 0.3, scaling: 'standardize-channels' }).load();
 */
export const cifar10 = definePlugin({
  kind: 'dataset',
  name: 'cifar10',
  description: 'CIFAR-10: 60,000 colour photographs in ten classes, 32 x 32 pixels.',
  options: loadedImageOptions,
  create: (settings): DatasetSource => ({
    name: 'cifar10',
    shapes: imageShapes([32, 32, 3], 10),
    async load(context = {}) {
      const { value } = await shared(context, cifar10Archive.name, () =>
        fetchChecked(cifar10Archive, context),
      );
      const { train, test } = value;
      return loadedImages(
        {
          name: 'cifar10',
          classNames: [
            'airplane',
            'automobile',
            'bird',
            'cat',
            'deer',
            'dog',
            'frog',
            'horse',
            'ship',
            'truck',
          ],
          shape: [32, 32, 3],
          train,
          test,
          provenance,
        },
        settings,
      );
    },
  }),
});
