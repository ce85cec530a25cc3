import { initializers, type InitializerConfig } from '@wellfit/layers';
import { z } from 'zod';

/** An object as Keras serializes it. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

interface Twin {
  readonly className: string;
  /** Our option, then that of Keras. */
  readonly options?: Readonly<Record<string, string>>;
}

const normal = { mean: 'mean', stddev: 'stddev' };

const twins: Readonly<Record<string, Twin>> = {
  constant: { className: 'Constant', options: { value: 'value' } },
  'glorot-normal': { className: 'GlorotNormal' },
  'glorot-uniform': { className: 'GlorotUniform' },
  'he-normal': { className: 'HeNormal' },
  'he-uniform': { className: 'HeUniform' },
  'lecun-normal': { className: 'LecunNormal' },
  'lecun-uniform': { className: 'LecunUniform' },
  ones: { className: 'Ones' },
  orthogonal: { className: 'Orthogonal', options: { gain: 'gain' } },
  'random-normal': { className: 'RandomNormal', options: normal },
  'random-uniform': { className: 'RandomUniform', options: { min: 'minval', max: 'maxval' } },
  'truncated-normal': { className: 'TruncatedNormal', options: normal },
  zeros: { className: 'Zeros' },
};

/** `VarianceScaling` by `scale mode distribution`: what older files say instead of the names. */
const scaled: Readonly<Record<string, string>> = {
  '1 fan_avg uniform': 'glorot-uniform',
  '1 fan_avg normal': 'glorot-normal',
  '2 fan_in uniform': 'he-uniform',
  '2 fan_in normal': 'he-normal',
  '1 fan_in uniform': 'lecun-uniform',
  '1 fan_in normal': 'lecun-normal',
};

/**
 * An initializer as Keras writes it. It matters only to who trains a loaded model anew: one that Keras does not know
 * becomes its default, Glorot uniform.
 */
export function toKerasInitializer({ name, ...own }: InitializerConfig): KerasObject {
  const { className, options = {} } = twins[name] ?? twins['glorot-uniform'];
  const config = Object.entries(options).flatMap(([ours, theirs]) =>
    own[ours] === undefined ? [] : [[theirs, own[ours]] as const],
  );
  return { class_name: className, config: Object.fromEntries(config) };
}

const serialized = z.union([
  z.string().transform((class_name) => ({ class_name, config: {} })),
  z.looseObject({
    class_name: z.string(),
    config: z.record(z.string(), z.unknown()).nullish(),
  }),
]);

/** An initializer from a file of Keras or TensorFlow.js; undefined where wellfit has none like it. */
export function fromKerasInitializer(data: unknown): InitializerConfig | undefined {
  const result = serialized.safeParse(data);
  if (!result.success) return undefined;
  const { class_name: className, config } = result.data;
  const theirs: Record<string, unknown> = config ?? {};
  if (plain(className) === 'variancescaling') return fromVarianceScaling(theirs);
  const known = Object.entries(twins).find(([, twin]) => plain(twin.className) === plain(className));
  if (known === undefined || !(known[0] in initializers)) return undefined;
  const [name, { options = {} }] = known;
  const own = Object.entries(options).flatMap(([ours, key]) =>
    typeof theirs[key] === 'number' ? [[ours, theirs[key]] as const] : [],
  );
  return { name, ...Object.fromEntries(own) };
}

function fromVarianceScaling({
  scale,
  mode,
  distribution,
}: Record<string, unknown>): InitializerConfig | undefined {
  const shape = String(distribution).toLowerCase().replace('truncated_', '');
  const name = scaled[`${String(scale)} ${plainMode(mode)} ${shape}`];
  return name === undefined ? undefined : { name };
}

/** `glorot_uniform`, `GlorotUniform` and TensorFlow.js' spelling `LeCunNormal` are the same. */
const plain = (className: string): string => className.replaceAll('_', '').toLowerCase();

/** TensorFlow.js writes `fanAvg`. */
const plainMode = (mode: unknown): string =>
  String(mode)
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toLowerCase();
