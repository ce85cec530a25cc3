import type { OutputActivation } from '@wellfit/core';
import type { ActivationName } from './activation-functions.js';

/** An initializer by name, with its options beside the name: `{ name: 'random-normal', mean: 0, stddev: 0.05 }`. */
export type InitializerConfig = { readonly name: string } & { readonly [option: string]: number | string };

/** How a window moves over an image and what happens at its edges. */
interface WindowConfig {
  /** `[rows, columns]`, at least 1. */
  readonly strides: readonly [number, number];
  /** `same` pads with zeros so that with stride 1 the size stays; `valid` pads nothing. */
  readonly padding: 'same' | 'valid';
}

/** A layer with a kernel. */
interface KernelConfig {
  readonly name: string;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerConfig;
}

/** Plain data from which a layer can be built again; types are named as Keras names them. */
export type LayerConfig =
  | ({ readonly type: 'Dense'; readonly units: number } & KernelConfig)
  | ({
      readonly type: 'Conv2D';
      readonly filters: number;
      /** `[rows, columns]`. */
      readonly kernelSize: readonly [number, number];
    } & WindowConfig &
      KernelConfig)
  | ({
      readonly type: 'MaxPooling2D';
      readonly name: string;
      /** `[rows, columns]`. */
      readonly poolSize: readonly [number, number];
    } & WindowConfig)
  | { readonly type: 'Flatten'; readonly name: string }
  | { readonly type: 'Activation'; readonly name: string; readonly activation: ActivationName }
  | {
      readonly type: 'BatchNormalization';
      readonly name: string;
      readonly momentum: number;
      readonly epsilon: number;
      readonly center: boolean;
      readonly scale: boolean;
    }
  /** A place where noise regularizers act; otherwise the identity. */
  | { readonly type: 'Noise'; readonly name: string };

/** Plain data from which a sequential model can be built again: what `Model.config` of {@link sequential} holds. */
export interface SequentialConfig {
  readonly name: string;
  /** Shape of one input row. */
  readonly inputShape: readonly number[];
  /** What is applied to the last layer's logits to predict; the last layer's own activation is `linear`. */
  readonly outputActivation: OutputActivation;
  readonly layers: readonly LayerConfig[];
}
