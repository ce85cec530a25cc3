import { checkWeights, collectWeights } from '../config/collect-weights.js';
import { layerWeights } from '../config/layer-weights.js';
import { parseJson, readBytes } from '../files/read-bytes.js';
import { replaceFile } from '../files/replace.js';
import { FormatError } from '../format-error.js';
import {
  groupAt,
  namesAttribute,
  textAttribute,
  weightAt,
  writeNames,
  writeText,
  writeWeight,
} from '../hdf5/elements.js';
import type { Group } from '../hdf5/h5wasm-types.js';
import { readHdf5, writeHdf5 } from '../hdf5/hdf5.js';
import { fromKerasConfig } from '../keras-config/from-keras-config.js';
import { toKerasTopology } from '../keras-config/to-keras-topology.js';
import { checkExtension } from '../files/check-extension.js';
import { LARGEST_CONFIG } from '../limits.js';
import type { ModelFormat } from '../model-format.js';
import type { SavedModel } from '../saved-model.js';

const WEIGHTS = 'model_weights';

/** Keras' whole-model HDF5 file, which `keras.models.load_model('model.h5')` of Keras 2 and 3 opens. */
export const kerasH5: ModelFormat = {
  name: 'keras-h5',
  description: "Keras' HDF5 file, .h5, for keras.models.load_model.",
  save: async (model, path) => {
    checkExtension(path, ['.h5', '.hdf5']);
    checkWeights(model.config, model.weights);
    await replaceFile(path, await writeHdf5((root) => write(root, model)));
  },
  load: async (path) => {
    const bytes = await readBytes(path);
    return readHdf5(path, bytes, (root) => read(path, root));
  },
};

function write(root: Group, { config, weights }: SavedModel): void {
  const topology = toKerasTopology(config);
  const { class_name, config: kerasConfig, keras_version, backend } = topology;
  writeText(root, 'keras_version', keras_version);
  writeText(root, 'backend', backend);
  writeText(root, 'model_config', JSON.stringify({ class_name, config: kerasConfig }));
  const group = root.create_group(WEIGHTS);
  writeText(group, 'keras_version', keras_version);
  writeText(group, 'backend', backend);
  const layers = kerasConfig.layers.slice(1).map((layer) => layer.config.name);
  writeNames(group, 'layer_names', layers);
  const needed = new Map(layerWeights(config).map(({ layer, weights: specs }) => [layer.name, specs]));
  for (const layer of layers) {
    const own = group.create_group(layer);
    const names = (needed.get(layer) ?? []).map(({ name }) => name);
    writeNames(own, 'weight_names', names);
    // Keras stores a weight under its full name, within the group of its layer.
    if (names.length > 0) own.create_group(layer);
    for (const name of names) writeWeight(own, name, weights.get(name)!);
  }
}

function read(path: string, root: Group): SavedModel {
  const text = textAttribute(root, 'model_config');
  const group = groupAt(root, WEIGHTS);
  if (text === undefined || group === undefined) {
    const message = `${path} holds no whole model of Keras`;
    throw new FormatError(
      'bad-file',
      `${message}, perhaps only weights. Save it with model.save('model.h5').`,
    );
  }
  if (text.length > LARGEST_CONFIG)
    throw new FormatError('too-large', `The architecture in ${path} is too large.`);
  const { config, notes } = fromKerasConfig(parseJson(`The architecture in ${path}`, text));
  const weights = collectWeights(config, ({ layer }) => {
    const own = groupAt(group, layer.name);
    if (own === undefined) return [];
    return (namesAttribute(own, 'weight_names') ?? []).map((name) => weightAt(own, name));
  });
  return { config, weights, notes };
}
