import { cnn } from './cnn.js';
import { mlp } from './mlp.js';
import { sequential } from './sequential.js';

export { cnn, type CnnOptions } from './cnn.js';
export { ModelError } from './errors.js';
export type { InitializerName, InitializerUse } from './initializer-option.js';
export { mlp, type MlpOptions } from './mlp.js';
export { sequential, type SequentialPresetOptions } from './sequential.js';

/** Model presets by name. */
export const models = { cnn, mlp, sequential };
