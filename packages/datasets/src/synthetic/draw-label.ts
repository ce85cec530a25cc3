import type { RandomStream } from '@wellfit/core';

/** What is shown, and what the label says: with probability `noise` another class, all others alike. */
export function drawLabel(
  classes: number,
  noise: number,
  random: RandomStream,
): { readonly shown: number; readonly label: number } {
  const shown = random.below(classes);
  // Both are drawn in any case, so that images stay the same with and without noise.
  const wrong = random.uniform() < noise;
  const shift = 1 + random.below(classes - 1);
  return { shown, label: wrong ? (shown + shift) % classes : shown };
}
