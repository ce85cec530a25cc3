import type { Distribution, RunEvent } from '@wellfit/core';

const layers = ['hidden_1', 'hidden_2', 'hidden_3', 'output'];
const bins = 50;

/** Bell-shaped weights and activations cut off at 0, as after relu, for a network of four layers. */
export function scriptedDistributions(
  initialSd: number,
  epoch: number,
): Omit<Extract<RunEvent, { type: 'distributions' }>, 'arm' | 'seed'> {
  const learned = initialSd === 0 || epoch === 0 ? initialSd : Math.hypot(initialSd, 0.03 + initialSd / 2);
  const activation = (i: number) => learned * 8 ** (i * Math.min(0.5, learned));
  return {
    type: 'distributions',
    epoch,
    weights: layers.flatMap((layer, i) => [
      bell(`${layer}/kernel`, learned * (1 + 0.2 * i), epoch > 0 ? -0.1 * learned : 0, 784 * 100),
      bell(`${layer}/bias`, epoch === 0 ? 0 : 0.1 * learned, 0, 100),
    ]),
    activations: layers.slice(0, 3).map((layer, i) => halfBell(layer, activation(i))),
  };
}

/** All values equal where `sd` is 0. */
function bell(name: string, sd: number, mean: number, n: number): Distribution {
  if (sd === 0) return { name, min: 0, max: 0, mean: 0, sd, counts: [n, ...Array<number>(bins - 1).fill(0)] };
  const counts = Array.from({ length: bins }, (_, i) => {
    const z = ((i + 0.5) / bins - 0.5) * 8;
    return Math.round(n * 0.064 * Math.exp((-z * z) / 2));
  });
  return { name, min: mean - 4 * sd, max: mean + 4 * sd, mean, sd, counts };
}

function halfBell(name: string, sd: number): Distribution {
  const whole = bell(name, sd, 0, 100_000);
  if (sd === 0) return whole;
  const counts = Array.from({ length: bins }, (_, i) => {
    const z = ((i + 0.5) / bins) * 4;
    return Math.round(3_200 * Math.exp((-z * z) / 2)) + (i === 0 ? 50_000 : 0);
  });
  return { ...whole, min: 0, mean: 0.4 * sd, sd: 0.58 * sd, counts };
}
