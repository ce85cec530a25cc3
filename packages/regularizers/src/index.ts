import { dropout } from './dropout.js';
import { l1 } from './l1.js';
import { l1l2 } from './l1l2.js';
import { l2 } from './l2.js';

export { dropout, type DropoutOptions } from './dropout.js';
export { RegularizerError } from './errors.js';
export { l1, type L1Options } from './l1.js';
export { l1l2, type L1L2Options } from './l1l2.js';
export { l2, type L2Options } from './l2.js';
export { layerRegularizer, type LayerRegularizer } from './layers-model/layer-regularizer.js';
export { noiseLayer, type LayerClasses, type NoiseLayerOptions } from './layers-model/noise-layer.js';

/** All regularizers of this package by plugin name. */
export const regularizers = { l1, l2, l1l2, dropout };
