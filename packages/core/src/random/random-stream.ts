import { fnv1a64 } from './fnv1a.js';
import { philox4x32 } from './philox.js';

/**
 * A stream of random numbers that depends on nothing but its seed and purpose: not on the backend, the host or what
 * other streams were read before.
 *
 * Number `i` is a pure function of (seed, purpose, i) (Philox4x32-10, a counter-based generator), so a kernel on
 * several threads can produce the very same numbers.
 */
export interface RandomStream {
  /** The next integer in [0, 2^32). */
  uint32(this: void): number;
  /** The next float32 in [0, 1), a multiple of 2^-24. */
  uniform(this: void): number;
  /** The next integer in [0, bound), without bias; `bound` is an integer in [1, 2^32]. */
  below(this: void, bound: number): number;
  /** The next draw from the standard normal distribution (Box-Muller). */
  normal(this: void): number;
  /** Leaves out the next `count` integers, and says which they are, so that a kernel can compute them at once. */
  reserve(this: void, count: number): ReservedNumbers;
}

/** A range of a stream's numbers. */
export interface ReservedNumbers {
  /** The two halves of the key, 32 bits each, with which Philox turns `floor(i / 4)` into numbers `i` of the stream. */
  readonly key0: number;
  readonly key1: number;
  /** The first of the numbers. */
  readonly start: number;
}

/**
 * Opens the stream for a purpose such as `init/hidden_1/kernel`, `order/3` or `noise/hidden_1/dropout/1042`.
 *
 * @param seed Any safe integer; 0 is a seed like every other.
 */
export function randomStream(seed: number, purpose: string): RandomStream {
  const [purposeLow, purposeHigh] = fnv1a64(purpose);
  const block = new Uint32Array(4);
  // The seed is the key that turns the purpose into this stream's own key.
  philox4x32(block, purposeLow, purposeHigh, 0, 0, seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0);
  return keyedStream({ key0: block[0], key1: block[1], start: 0 });
}

/** The stream from a number on that {@link RandomStream.reserve} gave. */
export function keyedStream({ key0, key1, start }: ReservedNumbers): RandomStream {
  const block = new Uint32Array(4);
  let counter = 0;
  let used = 4;

  const moveTo = (place: number): void => {
    counter = Math.floor(place / 4);
    used = 4;
    for (let i = 4 * counter; i < place; i++) uint32();
  };
  const uint32 = (): number => {
    if (used === 4) {
      philox4x32(block, counter >>> 0, Math.floor(counter / 2 ** 32), 0, 0, key0, key1);
      counter += 1;
      used = 0;
    }
    return block[used++];
  };
  const uniform = (): number => (uint32() >>> 8) * 2 ** -24;
  let spare: number | undefined;
  moveTo(start);

  return {
    uint32,
    uniform,
    below(bound) {
      // Draws at or above the largest multiple of `bound` would favour small results.
      const limit = 2 ** 32 - (2 ** 32 % bound);
      let draw = uint32();
      while (draw >= limit) draw = uint32();
      return draw % bound;
    },
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    reserve(count) {
      const next = 4 * counter - 4 + used;
      moveTo(next + count);
      return { key0, key1, start: next };
    },
  };
}

/** Opens the streams of one seed by purpose: what a model preset draws its initial weights from. */
export function randomStreams(seed: number): (purpose: string) => RandomStream {
  return (purpose) => randomStream(seed, purpose);
}
