import { cifar10 } from './cifar10/cifar10.js';
import { imdb } from './imdb/imdb.js';
import { fashionMnist } from './mnist/fashion-mnist.js';
import { mnist } from './mnist/mnist.js';
import { syntheticDigits } from './synthetic/synthetic-digits.js';
import { syntheticImages } from './synthetic/synthetic-images.js';
import { syntheticReviews } from './synthetic/synthetic-reviews.js';

/** The datasets of this package, by name. */
export const datasets = {
  cifar10,
  'fashion-mnist': fashionMnist,
  imdb,
  mnist,
  'synthetic-digits': syntheticDigits,
  'synthetic-images': syntheticImages,
  'synthetic-reviews': syntheticReviews,
};
