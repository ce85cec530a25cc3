import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { checkWeights, collectWeights, type FoundWeight } from '../config/collect-weights.js';
import { firstIssue } from '../config/first-issue.js';
import { readBytes, reading, readJson } from '../files/read-bytes.js';
import { replaceFolder } from '../files/replace.js';
import { FormatError } from '../format-error.js';
import { fromKerasConfig } from '../keras-config/from-keras-config.js';
import { toKerasTopology } from '../keras-config/to-keras-topology.js';
import { LARGEST_CONFIG } from '../limits.js';
import type { ModelFormat } from '../model-format.js';
import type { SavedModel } from '../saved-model.js';
import { manifestOf, manifestSchema, packed, unpack } from './weights-manifest.js';

const TOPOLOGY = 'model.json';
const WEIGHTS = 'weights.bin';

/**
 * The layers format of TensorFlow.js: a folder with `model.json` and `weights.bin`, which `tf.loadLayersModel` opens.
 * Any layers model is loaded, also one that a converter or `LayersModel.save` has written, in several weight files.
 */
export const tfjs: ModelFormat = {
  name: 'tfjs',
  description: 'A folder that tf.loadLayersModel of TensorFlow.js opens.',
  save: async ({ config, weights }, path) => {
    checkWeights(config, weights);
    const description = {
      format: 'layers-model',
      generatedBy: 'wellfit',
      convertedBy: null,
      modelTopology: toKerasTopology(config),
      weightsManifest: manifestOf(WEIGHTS, weights),
    };
    const json = new TextEncoder().encode(`${JSON.stringify(description, spelledForTfjs)}\n`);
    await replaceFolder(path, { [WEIGHTS]: packed(weights), [TOPOLOGY]: json }, isOwn);
  },
  load: async (path) => {
    const file = await topologyFile(path);
    const description = check(file, await readJson(file, LARGEST_CONFIG));
    const { modelTopology, weightsManifest } = description;
    const { config, notes } = fromKerasConfig(modelTopology.model_config ?? modelTopology);
    const found = await unpack(weightsManifest, (name) => readBytes(join(dirname(file), name)));
    const find = finder(found);
    const weights = collectWeights(config, ({ weights: needed }) => needed.map(({ name }) => find(name)));
    return { config, weights, notes } satisfies SavedModel;
  },
};

/** TensorFlow.js knows the initializers of LeCun only in its own spelling, `LeCunNormal`. */
const spelledForTfjs = (key: string, value: unknown): unknown =>
  key === 'class_name' ? String(value).replace(/^Lecun/, 'LeCun') : value;

/** The model may be named by its folder or by its `model.json`. */
async function topologyFile(path: string): Promise<string> {
  const isFolder = (await reading(path, () => stat(path))).isDirectory();
  return isFolder ? join(path, TOPOLOGY) : path;
}

/** What a folder of ours, or one of TensorFlow.js' own, consists of. */
const isOwn = (file: string): boolean => file === TOPOLOGY || /^(weights|group[\w-]+)\.bin$/.test(file);

const schema = z.looseObject({
  format: z.string().optional(),
  modelTopology: z.looseObject({ model_config: z.unknown().optional() }),
  weightsManifest: manifestSchema,
});

function check(file: string, data: unknown): z.output<typeof schema> {
  const { format } = (data ?? {}) as { format?: unknown };
  if (format === 'graph-model') {
    const message = `${file} is a graph model of TensorFlow.js, which has no layers. Only layers models can be loaded.`;
    throw new FormatError('unsupported-model', message);
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const wrong = firstIssue(result.error);
  throw new FormatError('bad-file', `${file} is no layers model of TensorFlow.js: ${wrong}.`);
}

/** Converters write `net/hidden_1/kernel` or `hidden_1/kernel:0` where TensorFlow.js has `hidden_1/kernel`. */
function finder(found: ReadonlyMap<string, FoundWeight>): (name: string) => FoundWeight | undefined {
  const bare = new Map([...found].map(([name, weight]) => [name.replace(/:\d+$/, ''), weight]));
  return (name) => {
    if (bare.has(name)) return bare.get(name);
    const longer = [...bare.keys()].filter((key) => key.endsWith(`/${name}`));
    return longer.length === 1 ? bare.get(longer[0]) : undefined;
  };
}
