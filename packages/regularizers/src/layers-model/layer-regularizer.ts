import { serialization, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Regularizer } from '@wellfit/core';
import { RegularizerError } from '../errors.js';
import type { WeightRegularizer } from '../weight-penalty.js';

/** A regularizer in the form that layers of TensorFlow.js take. */
export class LayerRegularizer extends serialization.Serializable {
  static readonly className: string = 'WellfitRegularizer';

  // A layer takes an object that is not of its own class for a description, `className` and `config`, of one to make:
  // so it gets this very object back, without the class having to be known here.
  readonly className = LayerRegularizer.className;
  readonly config: serialization.ConfigDict;

  constructor(private readonly regularizer: PenaltyRegularizer) {
    super();
    // A function, since values are copied part by part.
    this.config = { instance: (() => this) as unknown as serialization.ConfigDict };
  }

  /** The penalty of a weight, a scalar that the caller disposes. */
  apply(weight: Tensor): Scalar {
    return this.regularizer.penalty(weight);
  }

  /** What a saved model says: the regularizer of TensorFlow.js and Keras with the same values, where there is one. */
  override getClassName(): string {
    return strengthsOf(this.regularizer) ? 'L1L2' : LayerRegularizer.className;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...(strengthsOf(this.regularizer) ?? { name: this.regularizer.name }) };
  }

  static override fromConfig<T extends serialization.Serializable>(
    _cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    const { instance, name } = config as { instance?: () => unknown; name?: string };
    if (instance) return instance() as T;
    throw new RegularizerError(
      'not-saved',
      `The model's file holds the regularizer ${name} by its name only, so the model cannot be made from it: ` +
        'make it in code and load its weights.',
    );
  }
}

type PenaltyRegularizer = Regularizer & Required<Pick<Regularizer, 'penalty'>>;

function strengthsOf(regularizer: Regularizer): WeightRegularizer['strengths'] | undefined {
  return (regularizer as Partial<WeightRegularizer>).strengths;
}

/**
 * Lets a penalty of wellfit act on a weight of a stock TensorFlow.js layer, as its `kernelRegularizer`.
 *
 * `l1`, `l2` and `l1l2` are saved with the model as the `L1L2` of TensorFlow.js and Keras, so the file opens without
 * wellfit. Others are saved by name: such a model is made in code before its weights are loaded.
 *
 * @throws RegularizerError `no-penalty` where the regularizer acts on activations instead.
 * @example
 * tf.layers.dense({ units: 16, kernelRegularizer: layerRegularizer(l1(0.001)) });
 */
export function layerRegularizer(regularizer: Regularizer): LayerRegularizer {
  if (!hasPenalty(regularizer)) {
    throw new RegularizerError(
      'no-penalty',
      `[regularizer ${regularizer.name}] has no penalty of weights: put it between layers with noiseLayer.`,
    );
  }
  serialization.registerClass(LayerRegularizer);
  return new LayerRegularizer(regularizer);
}

function hasPenalty(regularizer: Regularizer): regularizer is PenaltyRegularizer {
  return regularizer.penalty !== undefined;
}
