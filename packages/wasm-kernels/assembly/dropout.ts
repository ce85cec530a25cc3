import { localMemory } from './local';
import { sixteenNumbers } from './philox';
import { ELEMENTS_A_GRAIN } from './ranges';

/**
 * `out = x * factor` where the stream's number is at least the rate, else `x * 0`: element `i` in row-major order asks
 * number `skip + i` of those from `block` on.
 *
 * @param threshold The rate times 2^24, rounded up: numbers of the stream have 24 bits.
 * @param block Which four numbers of the stream come first.
 * @param skip How many of them (0 to 3) are left out.
 * @param begin The first 1024 numbers from `block` on, `end` those behind the last.
 */
export function dropout(
  x: usize,
  out: usize,
  size: i32,
  threshold: i32,
  factor: f32,
  key0: i32,
  key1: i32,
  block: i32,
  skip: i32,
  begin: i32,
  end: i32,
): void {
  const numbers = localMemory();
  const least = i32x4.splat(threshold);
  const factors = f32x4.splat(factor);
  const stop = min(end * ELEMENTS_A_GRAIN, size + skip);
  for (let number = begin * ELEMENTS_A_GRAIN; number < stop; number += 16) {
    sixteenNumbers(block + (number >> 2), key0, key1, numbers);
    const first = number - skip;
    if (first >= 0 && first + 16 <= size) {
      const at = <usize>first << 2;
      for (let i: usize = 0; i < 64; i += 16) {
        const kept = i32x4.ge_s(i32x4.shr_u(v128.load(numbers + i), 8), least);
        v128.store(out + at + i, f32x4.mul(v128.load(x + at + i), v128.and(kept, factors)));
      }
    } else {
      for (let i = max(0, -first); i < 16 && first + i < size; i++) {
        const at = <usize>(first + i) << 2;
        const kept = <i32>(load<u32>(numbers + (<usize>i << 2)) >> 8) >= threshold;
        store<f32>(out + at, load<f32>(x + at) * (kept ? factor : 0));
      }
    }
  }
}
