/** Which values of a metric are better. */
export type Direction = 'min' | 'max';

const FALLING = /(^|_)(loss|penalty|error|mae|mse|rmse|crossentropy|divergence)$/;
const RISING = /(^|_)(accuracy|acc|auc|precision|recall|f1|f1_score|r2|r2_score|cosine_similarity)$/;

/**
 * Whether a logged number is better low or high, judged by its name; undefined where the name does not say.
 *
 * @param key With or without `val_` or `train_`, for instance `val_loss` or `train_accuracy`.
 */
export function metricDirection(key: string): Direction | undefined {
  if (FALLING.test(key)) return 'min';
  return RISING.test(key) ? 'max' : undefined;
}
