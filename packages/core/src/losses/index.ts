/** Losses by name. */
export type LossName = 'binary-crossentropy' | 'categorical-crossentropy' | 'mean-squared-error';
