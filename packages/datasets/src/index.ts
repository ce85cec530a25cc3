export { datasets } from './datasets.js';
export { DatasetError } from './dataset-error.js';
export { cacheFolder, parseMirror, type Mirror } from './settings.js';
export { download } from './download/download.js';
export type { DownloadOptions } from './download/download-checked.js';
export { fetchFile } from './download/fetch-file.js';
export type { FetchFileOptions } from './download/fetch-checked.js';
export type { FileHash, RemoteFile, RemotePlace } from './download/remote-file.js';
export { cifar10, type Cifar10Options } from './cifar10/cifar10.js';
export { denseDataset, type DenseDatasetParts, type DenseRows } from './dense/dense-dataset.js';
export { readIdx, type IdxArray } from './idx/read-idx.js';
export {
  imageDataset,
  type ImageDatasetParts,
  type ImageRows,
  type ImageShape,
} from './images/image-dataset.js';
export type { LabelForm, Scaling } from './images/image-options.js';
export { imdb } from './imdb/imdb.js';
export type { ImdbOptions } from './imdb/imdb-options.js';
export { loadImdbSequences } from './imdb/load-imdb-sequences.js';
export type { LabeledReviews, ReviewPart } from './imdb/encode-reviews.js';
export {
  multiHotDataset,
  type MultiHotDatasetParts,
  type MultiHotRows,
} from './multi-hot/multi-hot-dataset.js';
export { toMultiHot } from './multi-hot/to-multi-hot.js';
export type { RowSource } from './multi-hot/row-source.js';
export type { IntRows } from './multi-hot/int-rows.js';
export { readIntLists } from './npz/read-int-lists.js';
export { readIntegers } from './npz/read-integers.js';
export { readNpy, type NpyArray } from './npz/read-npy.js';
export { readZipMember } from './npz/read-zip-member.js';
export { fashionMnist, type FashionMnistOptions } from './mnist/fashion-mnist.js';
export { mnist, type MnistOptions } from './mnist/mnist.js';
export { splitRows, type RowSplit, type SplitRequest } from './splits/split-rows.js';
export type { SplitSettings } from './splits/split-options.js';
export { syntheticDigits, type SyntheticDigitsOptions } from './synthetic/synthetic-digits.js';
export { syntheticImages, type SyntheticImagesOptions } from './synthetic/synthetic-images.js';
export { syntheticReviews, type SyntheticReviewsOptions } from './synthetic/synthetic-reviews.js';
