import type { SequentialConfig } from '@wellfit/layers';
import { checkWeights, collectWeights } from '../config/collect-weights.js';
import { layerWeights } from '../config/layer-weights.js';
import { checkExtension } from '../files/check-extension.js';
import { parseJson, readBytes } from '../files/read-bytes.js';
import { replaceFile } from '../files/replace.js';
import { groupAt, weightAt, writeText, writeWeight } from '../hdf5/elements.js';
import type { Group } from '../hdf5/h5wasm-types.js';
import { readHdf5, writeHdf5 } from '../hdf5/hdf5.js';
import { fromKerasConfig } from '../keras-config/from-keras-config.js';
import type { FoundLayer } from '../keras-config/keras-chain.js';
import { toKerasLayers } from '../keras-config/to-keras-layers.js';
import { KERAS_VERSION } from '../keras-config/to-keras-topology.js';
import type { ModelFormat } from '../model-format.js';
import type { SavedModel } from '../saved-model.js';
import { checkpointNames } from './checkpoint-names.js';
import { packArchive, unpackArchive } from './keras-archive.js';
import { toKeras3Model } from './to-keras3-model.js';

/** The `.keras` file of Keras 3: a zip archive of the architecture as JSON and the weights as HDF5. */
export const keras: ModelFormat = {
  name: 'keras',
  description: 'The .keras file of Keras 3, for keras.models.load_model.',
  save: async ({ config, weights }, path) => {
    checkExtension(path, ['.keras']);
    checkWeights(config, weights);
    const metadata = encode({ keras_version: KERAS_VERSION, date_saved: now() });
    const hdf5 = await writeHdf5((root) => writeWeights(root, config, weights));
    const archive = packArchive(metadata, { config: encode(toKeras3Model(config)), weights: hdf5 });
    await replaceFile(path, archive);
  },
  load: async (path) => {
    const archive = unpackArchive(path, await readBytes(path));
    const { config, notes, found } = fromKerasConfig(parseJson(`config.json in ${path}`, archive.config));
    const weights = await readHdf5(path, archive.weights, (root) => readWeights(root, config, found));
    return { config, weights, notes };
  },
};

const encode = (data: object): Uint8Array => new TextEncoder().encode(JSON.stringify(data));

/** As Keras writes it, `2026-01-31@12:00:00`. */
const now = (): string => new Date().toISOString().slice(0, 19).replace('T', '@');

function writeWeights(root: Group, config: SequentialConfig, weights: SavedModel['weights']): void {
  writeText(root.create_group('vars'), 'name', config.name);
  const layers = toKerasLayers(config);
  const names = checkpointNames(layers.map(({ class_name }) => class_name));
  const needed = new Map(layerWeights(config).map(({ layer, weights: specs }) => [layer.name, specs]));
  const group = root.create_group('layers');
  layers.forEach(({ config: { name } }, i) => {
    const vars = group.create_group(names[i]).create_group('vars');
    writeText(vars, 'name', name);
    (needed.get(name) ?? []).forEach((spec, at) => writeWeight(vars, String(at), weights.get(spec.name)!));
  });
}

function readWeights(
  root: Group,
  config: SequentialConfig,
  found: readonly FoundLayer[],
): SavedModel['weights'] {
  // The first versions of the format called the group so.
  const group = groupAt(root, 'layers') ?? groupAt(root, '_layer_checkpoint_dependencies');
  const names = checkpointNames(found.map(({ className }) => className));
  const groups = new Map(found.map(({ name }, i) => [name, names[i]]));
  return collectWeights(config, ({ layer }) => {
    const vars = group && groupAt(group, `${groups.get(layer.name)}/vars`);
    return vars === undefined ? [] : vars.keys().map((_, i) => weightAt(vars, String(i)));
  });
}
