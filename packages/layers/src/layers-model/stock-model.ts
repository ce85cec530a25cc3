import type { Tensor } from '@tensorflow/tfjs-core';

/** The part of a weight of a stock layer that wellfit uses. */
export interface StockWeight {
  /** `<layer and more>/kernel`. */
  readonly originalName: string;
  readonly constraint: object | null;
  /** The variable itself. */
  read(): Tensor;
}

/** The part of a `tf.layers.Layer` that wellfit uses. */
export interface StockLayer {
  readonly name: string;
  readonly weights: readonly StockWeight[];
  /** Penalties of its own regularizers. */
  readonly losses: readonly object[];
  /** One for each place in a model at which it is used. */
  readonly inboundNodes: readonly object[];
  getClassName(): string;
}

/** The part of a `tf.LayersModel` that `fromLayersModel` uses; compiled or not. */
export interface StockModel {
  readonly name: string;
  readonly layers: readonly StockLayer[];
  readonly inputs: readonly { readonly name: string }[];
  readonly outputs: readonly { readonly sourceLayer: StockLayer }[];
  readonly trainableWeights: readonly StockWeight[];
  apply(inputs: Tensor, args: { readonly training: boolean }): unknown;
  /** Its architecture as text. */
  toJSON(): unknown;
  summary(lineLength?: number, positions?: number[], print?: (line?: string) => void): void;
}

/** A layer that is not made of others. */
export interface Leaf {
  readonly layer: StockLayer;
  /** Its name behind those of the models it is in. */
  readonly path: string;
}

/** The layers of a model, those of models within it in their place. */
export function leavesOf({ layers }: Pick<StockModel, 'layers'>, prefix = ''): Leaf[] {
  return layers.flatMap((layer) => {
    const path = prefix + layer.name;
    const { layers: inner } = layer as Partial<Pick<StockModel, 'layers'>>;
    return inner ? leavesOf({ layers: inner }, `${path}/`) : [{ layer, path }];
  });
}
