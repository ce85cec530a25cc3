import type { SequentialConfig } from '@wellfit/layers';
import { layerWeights } from '../config/layer-weights.js';
import type { KerasObject } from '../keras-config/initializer-configs.js';
import { freeName, toKerasLayers } from '../keras-config/to-keras-layers.js';

/**
 * The description of a model in the words of Keras 3, where every object says from which module it is.
 *
 * @throws FormatError `bad-name`.
 */
export function toKeras3Model(config: SequentialConfig) {
  const layers = toKerasLayers(config);
  const batchShape = [null, ...config.inputShape];
  const inputShapes = new Map(layerWeights(config).map(({ layer, inputShape }) => [layer.name, inputShape]));
  const name = freeName(
    'input',
    layers.map((layer) => layer.config),
  );
  const input = { batch_shape: batchShape, dtype: 'float32', sparse: false, ragged: false, name };
  return {
    module: 'keras',
    class_name: 'Sequential',
    config: {
      name: config.name,
      trainable: true,
      dtype: 'float32',
      layers: [
        { module: 'keras.layers', class_name: 'InputLayer', config: input, registered_name: null },
        ...layers.map(({ class_name, config: own }) => ({
          module: 'keras.layers',
          class_name,
          config: withModules(own),
          registered_name: null,
          ...buildConfig(inputShapes.get(own.name)),
        })),
      ],
      build_input_shape: batchShape,
    },
    registered_name: null,
    build_config: { input_shape: batchShape },
  };
}

function buildConfig(inputShape: readonly number[] | undefined): object {
  return inputShape === undefined ? {} : { build_config: { input_shape: [null, ...inputShape] } };
}

/** The initializers of a layer are the only objects in its options. */
function withModules(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) =>
      key.endsWith('_initializer')
        ? [key, { module: 'keras.initializers', ...(value as KerasObject), registered_name: null }]
        : [key, value],
    ),
  );
}
