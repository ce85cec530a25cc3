import { mlp } from './mlp.js';

export { mlp, type MlpOptions } from './mlp.js';

/** Model presets by name. */
export const models = { mlp };
