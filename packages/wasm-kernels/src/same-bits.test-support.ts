import { backend, concat, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { ParallelName } from './host/kernel-exports.js';
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
 * Expects the same bits of a computation on the `wasm` backend, however every kernel in it divides its grains.
 *
 * @param grains At least one kernel is to have as many; by default there is something to divide.
 */
export function expectSameBits(compute: () => Tensor, grains = 2): void {
  const host = hostOf(backend()) as { run: KernelHost['run'] } & Pick<KernelHost, 'exports'>;
  const undivided = host.run;
  let most = 0;
  const run = (divide: Division): Buffer => {
    host.run = (name, args, count) => {
      most = Math.max(most, count);
      for (const [begin, end] of divide(count)) host.exports[name](...args, begin, end);
    };
    const bits: Buffer[] = [];
    tidy(() => {
      bits.push(Buffer.from(compute().dataSync<'float32'>().buffer));
    });
    return bits[0];
  };
  try {
    const whole = run((count) => [[0, count]]);
    expect(most).toBeGreaterThanOrEqual(grains);
    // Not by `toEqual`, which works for minutes on how two large arrays differ.
    for (const divide of divisions) expect(run(divide).equals(whole)).toBe(true);
  } finally {
    host.run = undivided;
  }
}

/**
 * The same for a function of the module by itself, which is to change something.
 *
 * @param tensors What it reads and writes, in the order of its parameters; they come before the other numbers.
 * @param inserted A number that stands between the tensors, and at which place.
 */
export function expectSameWhenDivided(
  name: ParallelName,
  tensors: readonly Float32Array[],
  numbers: readonly number[],
  grains: number,
  inserted?: readonly [place: number, value: number],
): void {
  const compute = (): Tensor => {
    const host = hostOf(backend());
    const given = tensors.map((values) => tensor(values));
    const args = [...given.map((t) => host.address(t)), ...numbers];
    if (inserted) args.splice(inserted[0], 0, inserted[1]);
    host.run(name, args, grains, Infinity);
    return concat(given);
  };
  expectSameBits(compute, grains);
  tidy(() => {
    const bits = Buffer.from(compute().dataSync<'float32'>().buffer);
    const before = Buffer.concat(tensors.map(({ buffer }) => new Uint8Array(buffer)));
    expect(bits.equals(before)).toBe(false);
  });
}
