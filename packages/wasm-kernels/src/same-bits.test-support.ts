import { backend, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelHost } from './host/kernel-host.js';
import { hostOf } from './hosts.js';

/** Ranges that cover `grains`, not in order. */
type Division = (grains: number) => readonly (readonly [number, number])[];

const divisions: readonly Division[] = [
  // One by one, from the last to the first.
  (grains) => Array.from({ length: grains }, (_, i) => [grains - 1 - i, grains - i] as const),
  // Three uneven pieces.
  (grains) => {
    const [a, b] = [Math.ceil(grains / 5), Math.ceil((2 * grains) / 3)];
    return [
      [b, grains],
      [0, a],
      [a, b],
    ];
  },
];

/**
 * Expects the same bits of a computation on the `wasm` backend, however every kernel in it divides its grains; at least
 * one is to have more than one.
 */
export function expectSameBits(compute: () => Tensor): void {
  const host = hostOf(backend()) as { run: KernelHost['run'] } & Pick<KernelHost, 'exports'>;
  const undivided = host.run;
  let most = 0;
  const run = (divide: Division): Buffer => {
    host.run = (name, args, grains) => {
      most = Math.max(most, grains);
      for (const [begin, end] of divide(grains)) host.exports[name](...args, begin, end);
    };
    const bits: Buffer[] = [];
    tidy(() => {
      bits.push(Buffer.from(compute().dataSync<'float32'>().buffer));
    });
    return bits[0];
  };
  try {
    const whole = run((grains) => [[0, grains]]);
    expect(most).toBeGreaterThan(1);
    // Not by `toEqual`, which works for minutes on how two large arrays differ.
    for (const divide of divisions) expect(run(divide).equals(whole)).toBe(true);
  } finally {
    host.run = undivided;
  }
}
