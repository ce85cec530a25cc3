import { imdb } from './imdb/imdb.js';
import { syntheticReviews } from './synthetic/synthetic-reviews.js';

/** The datasets of this package, by name. */
export const datasets = { imdb, 'synthetic-reviews': syntheticReviews };
