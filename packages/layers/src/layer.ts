import type { ForwardContext, InputKind, Inputs, Named, RandomStream, Site, Weight } from '@wellfit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayerConfig } from './layer-config.js';

/** A built layer: it knows its shapes and owns its weights. */
export interface Layer extends Named {
  /** As Keras calls it, for instance `Dense`. */
  readonly type: LayerConfig['type'];
  /** Shape of one output row. */
  readonly outputShape: readonly number[];
  /**
   * Named `<layer>/kernel`, `<layer>/bias`, `<layer>/gamma`, `<layer>/beta`, `<layer>/moving_mean` and
   * `<layer>/moving_variance`, in this order, those that the layer has.
   */
  readonly weights: readonly Weight[];
  readonly sites: readonly Site[];
  /** All that is needed to build the layer again, except the values of its weights. */
  readonly config: LayerConfig;
  /** Called inside `tidy`. */
  forward(inputs: Inputs, context: ForwardContext): Tensor;
}

/** What a layer is built from, once the shape of its input is known. */
export interface LayerHost {
  /** Shape of one input row. */
  readonly inputShape: readonly number[];
  /** Whether its input is dense or multi-hot, which only a first layer's can be. Default `dense`. */
  readonly inputKind?: InputKind;
  /** Derives the stream for a purpose such as `init/hidden_1/kernel`. */
  readonly random: (purpose: string) => RandomStream;
}

/** Builds one layer of a sequence. */
export type LayerBuilder = (host: LayerHost) => Layer;
