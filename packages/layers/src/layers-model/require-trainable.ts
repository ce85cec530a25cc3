import { LayerError } from '../errors.js';
import { leavesOf, type StockLayer, type StockModel } from './stock-model.js';

/** Layers of TensorFlow.js whose random numbers are not replayable. */
const NOISE = new Set(['Dropout', 'SpatialDropout1D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout']);

/** What layers keep that is made of layers or cells. */
interface Wrapper {
  readonly layer?: object;
  readonly forwardLayer?: object;
  readonly backwardLayer?: object;
  readonly cell?: object;
  readonly cells?: readonly object[];
}

interface Noisy {
  readonly rate?: unknown;
  readonly stddev?: unknown;
  readonly dropout?: unknown;
  readonly recurrentDropout?: unknown;
}

/**
 * Refuses what wellfit would not carry out, or not count, when it trains the model: a number that means something else
 * than it says is worse than none.
 *
 * @throws LayerError `unsupported-model`, naming the layer.
 */
export function requireTrainable(model: StockModel): void {
  const { inputs, outputs } = model;
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw unsupported(
      model,
      `has ${inputs.length} inputs and ${outputs.length} outputs: wellfit trains models with one of each`,
    );
  }
  for (const { layer, path } of leavesOf(model)) {
    if (layer.losses.length > 0) {
      throw unsupported(
        model,
        `has a regularizer of its own in the layer ${path}, which wellfit would not count: leave it out there and ` +
          'give it to train, as in regularizers: [{ regularizer: l2(0.001), at: ["' +
          path +
          '"] }]',
      );
    }
    if (layer.weights.some(({ constraint }) => constraint)) {
      throw unsupported(
        model,
        `has a constraint in the layer ${path}, which wellfit would not keep: leave it out`,
      );
    }
    if (isNoisy(layer)) {
      throw unsupported(
        model,
        `draws numbers that no seed replays in the layer ${path} (${layer.getClassName()}): put ` +
          'noiseLayer(tf.layers, dropout(rate), { seed }) of @wellfit/regularizers in its place',
      );
    }
  }
}

/** An error about a model that wellfit cannot train. */
export function unsupported({ name }: Pick<StockModel, 'name'>, problem: string): LayerError {
  return new LayerError('unsupported-model', `The layers model ${name} ${problem}.`);
}

function isNoisy(part: object): boolean {
  const { rate, stddev, dropout, recurrentDropout } = part as Noisy;
  const { getClassName } = part as Partial<StockLayer>;
  if (getClassName && NOISE.has(getClassName.call(part)) && (isPositive(rate) || isPositive(stddev)))
    return true;
  if (isPositive(dropout) || isPositive(recurrentDropout)) return true;
  const { layer, forwardLayer, backwardLayer, cell, cells = [] } = part as Wrapper;
  return [layer, forwardLayer, backwardLayer, cell, ...cells].some(
    (inner) => inner !== undefined && isNoisy(inner),
  );
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}
