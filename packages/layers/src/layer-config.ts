import type { OutputActivation } from '@wellfit/core';
import type { ActivationName } from './activation-functions.js';

// Type aliases, not interfaces: only they are known to be plain JSON.

/** An initializer by name, with its options beside the name: `{ name: 'random-normal', mean: 0, stddev: 0.05 }`. */
export type InitializerConfig = { readonly name: string } & { readonly [option: string]: number | string };

/** How a window moves over an image and what happens at its edges. */
type WindowConfig = {
  /** `[rows, columns]`, at least 1. */
  readonly strides: readonly [number, number];
  /** `same` pads so that with stride 1 the size stays; `valid` pads nothing. */
  readonly padding: 'same' | 'valid';
};

/** A layer with a kernel. */
type KernelConfig = {
  readonly name: string;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerConfig;
  /** Whether noise may act on what it returns; only written where it is not. Default true. */
  readonly activationSite?: boolean;
};

/** A dense layer as plain data. */
export type DenseConfig = { readonly type: 'Dense'; readonly units: number } & KernelConfig;

/** A convolution as plain data. */
export type Conv2dConfig = {
  readonly type: 'Conv2D';
  readonly filters: number;
  /** `[rows, columns]`. */
  readonly kernelSize: readonly [number, number];
} & WindowConfig &
  KernelConfig;

/** A pooling layer as plain data. */
export type MaxPool2dConfig = {
  readonly type: 'MaxPooling2D';
  readonly name: string;
  /** `[rows, columns]`. */
  readonly poolSize: readonly [number, number];
  /** Whether noise may act on what it returns; only written where it may. Default false. */
  readonly activationSite?: boolean;
} & WindowConfig;

/** A flattening layer as plain data. */
export type FlattenConfig = { readonly type: 'Flatten'; readonly name: string };

/** An activation layer as plain data. */
export type ActivationConfig = {
  readonly type: 'Activation';
  readonly name: string;
  readonly activation: ActivationName;
  /** Name of its activation site; only written where it is not the layer's own. */
  readonly site?: string;
  /** Whether noise may act on what it returns; only written where it is not. Default true. */
  readonly activationSite?: boolean;
};

/** A batch normalization as plain data. */
export type BatchNormalizationConfig = {
  readonly type: 'BatchNormalization';
  readonly name: string;
  readonly momentum: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
};

/** A place where noise regularizers act, as plain data; otherwise the identity. */
export type NoiseConfig = { readonly type: 'Noise'; readonly name: string };

/** Plain data from which a layer can be built again; types are named as Keras names them. */
export type LayerConfig =
  | DenseConfig
  | Conv2dConfig
  | MaxPool2dConfig
  | FlattenConfig
  | ActivationConfig
  | BatchNormalizationConfig
  | NoiseConfig;

/**
 * Plain data from which a sequential model can be built again by `sequentialFrom`: what the `config` of a model of
 * `sequential` holds.
 */
export type SequentialConfig = {
  readonly name: string;
  /** Shape of one input row. */
  readonly inputShape: readonly number[];
  /** What is applied to the last layer's logits to predict; the last layer's own activation is `linear`. */
  readonly outputActivation: OutputActivation;
  readonly layers: readonly LayerConfig[];
};
