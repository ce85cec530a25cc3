export { datasets } from './datasets.js';
export { DatasetError } from './dataset-error.js';
export { cacheFolder, parseMirror, type Mirror } from './settings.js';
export { download, type DownloadOptions } from './download/download.js';
export { fetchFile, type FetchFileOptions } from './download/fetch-file.js';
export type { RemoteFile } from './download/remote-file.js';
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
export { syntheticReviews, type SyntheticReviewsOptions } from './synthetic/synthetic-reviews.js';
