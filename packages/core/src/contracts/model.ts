import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { RandomStream } from '../random/random-stream.js';
import type { InputKind, Inputs } from './dataset.js';
import type { Json, Named } from './named.js';

/** A tensor that training changes. */
export interface Weight {
  /** `<layer>/<what>`, for instance `hidden_1/kernel`. */
  readonly name: string;
  /** False for running statistics, which the optimizer leaves alone. */
  readonly trainable: boolean;
  readonly variable: Variable;
}

/** A place in a model where a regularizer can act. The preset declares its sites; no regularizer knows a model. */
export interface Site {
  /** Unique in the model: the layer's name for its kernel and activation sites. */
  readonly layer: string;
  readonly kind: 'kernel' | 'activation' | 'input';
  readonly role: 'input' | 'hidden' | 'output';
  /** The weight at a kernel site. */
  readonly weight?: Weight;
}

/** What a forward pass needs to know. */
export interface ForwardContext {
  /** Training mode (noise, batch statistics) or inference mode. */
  readonly training: boolean;
  /** Applied by the model at each of its input and activation sites, in training mode. */
  readonly noise?: (site: Site, x: Tensor) => Tensor;
  /** Shown what each layer gives that has an activation or a kernel, to measure it; it must keep no tensor. */
  readonly watch?: (layer: string, x: Tensor) => void;
}

/** What the model's last layer applies to its logits to predict. */
export type OutputActivation = 'linear' | 'sigmoid' | 'softmax';

/** A trainable function. Whoever built it disposes it. */
export interface Model extends Named {
  readonly weights: readonly Weight[];
  readonly sites: readonly Site[];
  readonly outputActivation: OutputActivation;
  /** Plain data from which the same architecture can be built again. */
  readonly config: Json;
  /**
   * Returns the *logits* `[rows, outputs]`, before the output activation: losses fuse it, which is exact where
   * probabilities would round to 0 or 1. Call inside `tidy`.
   */
  forward(inputs: Inputs, context: ForwardContext): Tensor;
  /** The table of layers, shapes and parameters, as Keras prints it. */
  summary(): string;
  dispose(): void;
}

/** What a preset is given to fit the data. */
export interface ModelShapes {
  readonly inputKind: InputKind;
  readonly inputShape: readonly number[];
  readonly outputs: number;
  readonly outputActivation: OutputActivation;
}

/** Builds models of one family. */
export interface ModelPreset extends Named {
  /** @param random Derives the stream for a purpose such as `init/hidden_1/kernel`. */
  build(shapes: ModelShapes, random: (purpose: string) => RandomStream): Model;
}
