/**
 * The functions of the module; `assembly/` documents each. Numbers are 32-bit integers or floats, addresses are bytes.
 */
export interface KernelExports extends ParallelKernels {
  setLocal(address: number): void;
  /** -1, -2 or a place: see `assembly/check-multi-hot.ts`. */
  checkMultiHot(indices: number, count: number, offsets: number, rows: number, width: number): number;
  countNonzeros(from: number, step: number, rows: number, columns: number, runs: number): number;
  areFinite(from: number, count: number): number;
  sumDoubles(sums: number, count: number, factor: number, out: number): void;
  weightPenalty(sums: number, size: number, l1: number, l2: number, out: number): void;
  batchMoments(
    sums: number,
    rows: number,
    channels: number,
    rowsAChunk: number,
    mean: number,
    variance: number,
  ): void;
  batchScale(variance: number, gamma: number, epsilon: number, channels: number, scale: number): void;
  batchGradientFactors(
    sums: number,
    chunks: number,
    rows: number,
    channels: number,
    variance: number,
    gamma: number,
    epsilon: number,
    dGamma: number,
    dBeta: number,
    factors: number,
  ): void;
  movingAverage(average: number, current: number, momentum: number, share: number, size: number): void;
  sumRows(x: number, rows: number, columns: number, out: number): void;
}

/**
 * Those whose last two parameters are `begin` and `end` work on a range of grains (tiles, panels, rows), each grain
 * independent of the others and always computed in the same way: they can be divided among threads.
 */
export type ParallelKernels = Readonly<Record<ParallelName, (...parameters: number[]) => void>>;

/** Names of the functions that can be divided among threads. */
export type ParallelName =
  | 'packPanels'
  | 'packFlippedFilter'
  | 'gemm'
  | 'gemmByPanel'
  | 'gemmTransposed'
  | 'gemmSparse'
  | 'gemmSparseTransposed'
  | 'transpose'
  | 'maxPool'
  | 'maxPoolGradient'
  | 'depthwiseFilterGradient'
  | 'depthwiseInputGradient'
  | 'conv2d'
  | 'conv2dFilterGradient'
  | 'conv2dGathered'
  | 'conv2dGatheredFilterGradient'
  | 'winograd'
  | 'winogradFilter'
  | 'winogradFilterGradient'
  | 'maskedSum'
  | 'slopeSum'
  | 'sigmoid'
  | 'tanh'
  | 'multiHotDense'
  | 'multiHotGradient'
  | 'dropout'
  | 'sizesOfWeights'
  | 'weightPenaltyGradient'
  | 'segmentSum'
  | 'batchSums'
  | 'batchNormalize'
  | 'batchGradientSums'
  | 'batchInputGradient'
  | 'softmaxCrossEntropy'
  | 'binaryCrossEntropy'
  | 'squaredError'
  | 'readImages'
  | 'dropTiny'
  | 'sgd'
  | 'momentum'
  | 'rmsprop'
  | 'adam'
  | 'adagrad';
