import type { ForwardContext, Inputs, Json, Named, RandomStream, Site, Weight } from '@wellfit/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** A built layer: it knows its shapes and owns its weights. */
export interface Layer extends Named {
  /** As Keras calls it, for instance `Dense`. */
  readonly type: string;
  /** Shape of one output row. */
  readonly outputShape: readonly number[];
  readonly weights: readonly Weight[];
  readonly sites: readonly Site[];
  readonly config: Json;
  /** Called inside `tidy`. */
  forward(inputs: Inputs, context: ForwardContext): Tensor;
}

/** What a layer is built from, once the shape of its input is known. */
export interface LayerHost {
  /** Shape of one input row. */
  readonly inputShape: readonly number[];
  /** Derives the stream for a purpose such as `init/hidden_1/kernel`. */
  readonly random: (purpose: string) => RandomStream;
}

/** Builds one layer of a sequence. */
export type LayerBuilder = (host: LayerHost) => Layer;
