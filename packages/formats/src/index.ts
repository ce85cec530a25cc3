export { buildModel, type BuildModelOptions } from './build-model.js';
export { detectFormat } from './detect-format.js';
export { FormatError } from './format-error.js';
export { formats } from './formats.js';
export { savedModel } from './to-saved-model.js';
export { loadModel } from './load-model.js';
export type { FormatName, ModelFormat } from './model-format.js';
export { saveModel } from './save-model.js';
export type { SavedModel, SavedWeight } from './saved-model.js';
