import type { Logs } from '../contracts/events.js';
import type { Weight } from '../contracts/model.js';

/**
 * Which logged number or weight is not finite, in words; undefined where all are.
 *
 * Weights can be broken although the loss looks well: on some backends relu turns NaN into 0.
 */
export function notFinite(logs: Logs, weights: readonly Weight[]): string | undefined {
  const log = Object.entries(logs).find(([, value]) => !Number.isFinite(value));
  if (log) return `${log[0]} became ${log[1]}`;
  for (const { name, variable } of weights) {
    const bad = variable.dataSync<'float32'>().find((value) => !Number.isFinite(value));
    if (bad !== undefined) return `the weight ${name} became ${bad}`;
  }
  return undefined;
}
