/** What is timed. Layers are written as the model preset `sequential` takes them; the output layer is added to each. */

const MLP_MNIST = [
  { dense: 64, activation: 'relu' },
  { dense: 32, activation: 'relu' },
  { dense: 64, activation: 'relu' },
];

const reviews = (words, units) => ({
  data: { name: 'imdb', options: { numWords: words } },
  synthetic: {
    name: 'synthetic-reviews',
    options: { numWords: words, train: 25_000, validation: 25_000, length: 230 },
  },
  layers: units.map((width) => ({ dense: width, activation: 'relu' })),
  batchSize: 512,
  // As many as the experiments have: with 49 steps an epoch it takes several until everything is compiled for good.
  epochs: 20,
  optimizer: { name: 'rmsprop', learningRate: 0.001 },
  stockShare: 0.2,
});

const digits = (batchSize, layers) => ({
  data: { name: 'mnist', options: {} },
  synthetic: { name: 'synthetic-digits', options: { trainRows: 60_000, testRows: 10_000 } },
  layers,
  batchSize,
  epochs: 10,
  optimizer: { name: 'adam', learningRate: 0.001 },
  stockShare: 0.2,
});

const convolution = (filters) => ({ conv2d: filters, padding: 'same', activation: 'relu' });

/**
 * Trained networks by name. An epoch is a pass over the training rows and one over the validation rows; with `steps`,
 * only so many training steps are made, and the time is that of one.
 *
 * `stockShare`: the share of the rows that stock TensorFlow.js trains on; its time is divided by it. All of them would
 * take minutes, and as a dense matrix several gigabytes. `targets`: seconds, by side, on a machine on which Keras takes
 * `quietKeras`; on a slower one what counts is the ratio of the two.
 */
export const works = {
  'imdb-10k': {
    title: 'IMDB, 10,000 words, 16-16-1, batch 512',
    ...reviews(10_000, [16, 16]),
    targets: { wellfit: 0.06 },
    quietKeras: 0.6,
  },
  'imdb-1k': {
    title: 'IMDB, 1,000 words, 16-16-1, batch 512',
    ...reviews(1_000, [16, 16]),
    targets: { wellfit: 0.05 },
    quietKeras: 0.19,
  },
  'imdb-1k-wide': {
    title: 'IMDB, 1,000 words, 128-128-1, batch 512',
    ...reviews(1_000, [128, 128]),
    targets: { wellfit: 0.15, 'wellfit-2': 0.15 },
    quietKeras: 0.32,
  },
  'mnist-b100': {
    title: 'MNIST, 784-64-32-64-10, batch 100',
    ...digits(100, MLP_MNIST),
    targets: { wellfit: 0.6, 'wellfit-2': 0.4 },
    quietKeras: 0.84,
  },
  'mnist-b32': {
    title: 'MNIST, 784-64-32-64-10, batch 32',
    ...digits(32, MLP_MNIST),
    targets: { wellfit: 1 },
    quietKeras: 2,
  },
  'mnist-bn': {
    title: 'MNIST, blocks of dense, batch normalization, dense; batch 100',
    ...digits(
      100,
      [64, 32, 64].flatMap((units) => [
        { dense: units },
        'batch-normalization',
        { dense: units, activation: 'relu' },
      ]),
    ),
    targets: { wellfit: 0.8 },
    quietKeras: 0.97,
  },
  'cifar-step': {
    title: 'CIFAR-10, convolutions 32-32-pool-64-64-pool-128-128-pool, dense 256-10, batch 32: one step',
    data: { name: 'cifar10', options: {} },
    synthetic: { name: 'synthetic-images', options: { trainRows: 4_000, testRows: 100 } },
    layers: [
      ...[32, 64, 128].flatMap((filters) => [convolution(filters), convolution(filters), 'max-pool2d']),
      { dense: 256, activation: 'relu' },
    ],
    batchSize: 32,
    // So many that what Keras spends at the start of an epoch hardly counts: 62 ms a step with 20, 37 with 200.
    steps: 100,
    epochs: 4,
    optimizer: { name: 'adam', learningRate: 0.0001 },
    targets: { wellfit: 0.25, 'wellfit-2': 0.135, 'wellfit-fast': 0.1 },
    quietKeras: 0.07,
  },
};

/**
 * Who trains them: the program, and what of the job is its own. `only` names the works that a side is for; `mostEpochs` is
 * for one that takes minutes.
 * Those with a `peer` run where it was asked for, and one with the backend `native` where that is installed.
 */
export const sides = {
  stock: { title: 'TensorFlow.js `fit`, stock wasm', script: 'sides/stock.mjs', mostEpochs: 4 },
  wellfit: { title: 'wellfit, 1 thread', script: 'sides/wellfit.mjs', threads: 1 },
  'wellfit-2': { title: 'wellfit, 2 threads', script: 'sides/wellfit.mjs', threads: 2 },
  'wellfit-fast': {
    title: 'wellfit, 2 threads, fast',
    script: 'sides/wellfit.mjs',
    threads: 2,
    numerics: 'fast',
  },
  'wellfit-native': {
    title: 'wellfit on TensorFlow, 2 threads',
    script: 'sides/wellfit.mjs',
    threads: 2,
    backend: 'native',
  },
  keras: { title: 'Keras `fit`, 2 threads', script: 'peers/keras_fit.py', peer: 'keras', threads: 2 },
  torch: { title: 'PyTorch loop, 2 threads', script: 'peers/torch_loop.py', peer: 'torch', threads: 2 },
  'torch-sparse': {
    title: 'PyTorch loop, EmbeddingBag',
    script: 'peers/torch_loop.py',
    peer: 'torch',
    threads: 2,
    sparse: true,
    only: ['imdb-10k', 'imdb-1k', 'imdb-1k-wide'],
  },
};
