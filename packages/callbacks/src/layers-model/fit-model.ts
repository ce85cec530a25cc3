/** The part of a `tf.LayersModel` that {@link fitCallbacks} uses; any compiled one fits. */
export interface FitModel {
  readonly name: string;
  stopTraining: boolean;
  /** Its learning rate is read and set. */
  readonly optimizer: object;
  readonly weights: readonly {
    readonly name: string;
    readonly trainable: boolean;
    /** The variable itself. */
    read(): object;
  }[];
  /** Set by `fit` before training begins. */
  readonly history: { readonly params: Readonly<Record<string, unknown>> };
  /** The penalties of the model's own regularizers, as tensors that the caller disposes. */
  calculateLosses(): readonly { dataSync(): ArrayLike<number>; dispose(): void }[];
  countParams(): number;
  summary(lineLength?: number, positions?: number[], print?: (line?: string) => void): void;
}
