import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream, type Regularizer } from '@wellfit/core';
import { RegularizerError } from '../errors.js';

/** The part of `tf.layers` that {@link noiseLayer} needs: the class of which all layers are. */
export interface LayerClasses<L> {
  readonly Layer: abstract new (args?: { name?: string; inputShape?: number[] }) => L;
}

/** Options of {@link noiseLayer}. */
export interface NoiseLayerOptions {
  /** A safe integer of at least 0; default 1. */
  readonly seed?: number;
  /** Unique in the model; the regularizer's name by default. Decides the numbers together with the seed. */
  readonly name?: string;
  /** Shape of one row, for the first layer of a sequential model. */
  readonly inputShape?: readonly number[];
}

/** What this file uses of `tf.layers.Layer`. */
interface StockLayer {
  getConfig(): Record<string, unknown>;
}

/**
 * A noise regularizer of wellfit, such as dropout, as a layer of a stock `tf.LayersModel`.
 *
 * Its numbers come from seeded streams: every training step has fresh ones, and a model that is made anew with the same
 * seed and names has the same (the seeded dropout of TensorFlow.js 4.22 repeats one mask in every step). In inference it
 * does nothing, and so it is saved as a linear `Activation`: the file opens without wellfit, but training a model that
 * was loaded goes on without noise.
 *
 * @param layers `tf.layers` of the TensorFlow.js of which the model is made.
 * @throws RegularizerError `no-noise` where the regularizer acts on weights instead.
 * @example
 * model.add(noiseLayer(tf.layers, dropout(0.5), { seed: 7 }));
 */
export function noiseLayer<L>(
  layers: LayerClasses<L>,
  regularizer: Regularizer,
  { seed = 1, name = regularizer.name, inputShape }: NoiseLayerOptions = {},
): L {
  if (!regularizer.noise) {
    throw new RegularizerError(
      'no-noise',
      `[regularizer ${regularizer.name}] has no noise for activations: give it to a layer with layerRegularizer.`,
    );
  }
  const Layer = layers.Layer as unknown as new (args: object) => StockLayer;
  let step = 0;

  class NoiseLayer extends Layer {
    /** As what it is saved. */
    static readonly className = 'Activation';

    call(inputs: Tensor | Tensor[], { training = false }: { training?: boolean }): Tensor {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!training) return x;
      step += 1;
      const random = randomStream(seed, `noise/${name}/${regularizer.name}/${step}`);
      return tidy(() => regularizer.noise!(x, { random }));
    }

    override getConfig(): Record<string, unknown> {
      return { ...super.getConfig(), activation: 'linear' };
    }
  }
  return new NoiseLayer({ name, ...(inputShape && { inputShape: [...inputShape] }) }) as L;
}
