export { activation, type ActivationOptions } from './activation.js';
export { activationFunctions, type ActivationName } from './activation-functions.js';
export { batchNormalization, type BatchNormalizationOptions } from './batch-normalization.js';
export { conv2d, type Conv2dOptions } from './conv2d.js';
export { convolutionWork } from './convolution-work.js';
export { dense, type DenseOptions } from './dense.js';
export { LayerError } from './errors.js';
export { flatten, type FlattenOptions } from './flatten.js';
export type { Extent, Padding } from './image-window.js';
export * from './initializers/index.js';
export type {
  ActivationConfig,
  BatchNormalizationConfig,
  Conv2dConfig,
  DenseConfig,
  FlattenConfig,
  InitializerConfig,
  LayerConfig,
  MaxPool2dConfig,
  NoiseConfig,
  SequentialConfig,
} from './layer-config.js';
export type { Layer, LayerBuilder, LayerHost } from './layer.js';
export { fromLayersModel } from './layers-model/from-layers-model.js';
export type { StockLayer, StockModel, StockWeight } from './layers-model/stock-model.js';
export { maxPool2d, type MaxPool2dOptions } from './max-pool2d.js';
export { noise, type NoiseOptions } from './noise.js';
export { fusedMultiHotDense, type MultiHotDenseWeights } from './ops/fused-multi-hot-dense.js';
export type { SequentialModel } from './assemble.js';
export { sequential, type SequentialOptions } from './sequential.js';
export { sequentialFrom, type SequentialFromOptions } from './sequential-from.js';
export { summarize } from './summary.js';
