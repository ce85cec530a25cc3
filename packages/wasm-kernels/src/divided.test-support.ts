import { backend, tensor, tidy } from '@tensorflow/tfjs-core';
import { hostOf } from './hosts.js';
import type { ParallelName } from './host/kernel-exports.js';

/**
 * Calls a function of the module once over all its grains, and on fresh copies of its tensors in pieces, the last grains
 * first; expects the same bits in all tensors.
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
  const run = (ends: readonly number[]): Uint32Array[] => {
    const found: Uint32Array[] = [];
    tidy(() => {
      const host = hostOf(backend());
      const given = tensors.map((values) => tensor(values));
      const args = [...given.map((t) => host.address(t)), ...numbers];
      if (inserted) args.splice(inserted[0], 0, inserted[1]);
      ends.forEach((end, i) => host.exports[name](...args, ends[i + 1] ?? 0, end));
      found.push(...given.map((t) => new Uint32Array(t.dataSync<'float32'>().buffer)));
    });
    return found;
  };
  const whole = run([grains]);
  expect(whole.some((bits, i) => !Buffer.from(bits.buffer).equals(Buffer.from(tensors[i].buffer)))).toBe(
    true,
  );
  for (const ends of [
    // Each end once, and none behind the last grain or before the first, where nothing may be written.
    grains > 1 ? [grains, 1] : [grains],
    grains > 3 ? [grains, grains - 1, 2, 1] : [grains],
    Array.from({ length: grains }, (_, i) => grains - i),
  ]) {
    expect(run(ends)).toEqual(whole);
  }
}
