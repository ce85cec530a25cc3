import type { ArmComparison } from '@wellfit/core';

/** A comparison in the number that decides, over ten seeds, clearly better; parts may say otherwise. */
export function comparison(arm: string, parts: Partial<ArmComparison> = {}): ArmComparison {
  return {
    arm,
    number: 'lowest_val_data_loss',
    better: 'lower',
    decides: true,
    pairs: Array.from({ length: 10 }, (_, i) => ({ seed: i + 1, difference: -0.021 + 0.005 * (i - 4.5) })),
    leftOut: 0,
    diverged: 0,
    difference: difference(-0.0213, 0.0126, 10),
    bootstrap: [-0.0331, -0.0094],
    superiority: 0.9,
    p: 0.0156,
    adjustedP: 0.0313,
    leastSeeds: 7,
    seedsNeeded: 9,
    ...parts,
  };
}

/** Differences with this mean, and an interval of this half width. */
export function difference(mean: number, half: number, n: number): ArmComparison['difference'] {
  const sd = half / 2;
  return { mean, sd, min: mean - sd, max: mean + sd, n, interval: [mean - half, mean + half] };
}

/** Seeds from 1 with the same difference each. */
export function pairs(count: number, value = 0): ArmComparison['pairs'] {
  return Array.from({ length: count }, (_, i) => ({ seed: i + 1, difference: value }));
}
