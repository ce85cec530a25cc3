import type { SequentialConfig } from '@wellfit/layers';
import { freeName, toKerasLayers, type KerasLayer } from './to-keras-layers.js';

/** Version of Keras whose files are written; it stands in them. */
export const KERAS_VERSION = '3.15.1';

/**
 * The description of a model in the words of Keras 2, which TensorFlow.js and the HDF5 reader of Keras 3 understand.
 *
 * @throws FormatError `bad-name`.
 */
export function toKerasTopology(config: SequentialConfig) {
  const layers = toKerasLayers(config);
  const name = freeName(
    'input',
    layers.map((layer) => layer.config),
  );
  const input: KerasLayer = {
    class_name: 'InputLayer',
    config: {
      batch_input_shape: [null, ...config.inputShape],
      dtype: 'float32',
      sparse: false,
      ragged: false,
      name,
    },
  };
  return {
    class_name: 'Sequential',
    config: { name: config.name, layers: [input, ...layers] },
    keras_version: KERAS_VERSION,
    backend: 'tensorflow',
  };
}
