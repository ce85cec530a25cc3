import { keras } from './keras/keras.js';
import { kerasH5 } from './keras-h5/keras-h5.js';
import type { FormatName, ModelFormat } from './model-format.js';
import { tfjs } from './tfjs/tfjs.js';

/** All formats by name. */
export const formats: Readonly<Record<FormatName, ModelFormat>> = { tfjs, 'keras-h5': kerasH5, keras };
