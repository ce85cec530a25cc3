const N = 624;
const M = 397;

/** The part of `numpy.random.RandomState` that Keras uses to shuffle. */
export interface NumpyRandomState {
  /** The next integer in [0, 2^32). */
  uint32(): number;
  /** What `shuffle` makes of `arange(count)`; `count` is below 2^32. */
  shuffledRange(count: number): Uint32Array;
}

/**
 * `numpy.random.RandomState(seed)`: the Mersenne Twister MT19937 (Matsumoto and Nishimura, ACM TOMACS 8(1), 1998,
 * with the seeding of 2002), number for number. Only for reading data in the order of Keras; everything else in wellfit
 * draws from `randomStream`.
 *
 * @param seed Integer in [0, 2^32).
 */
export function numpyRandomState(seed: number): NumpyRandomState {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  }
  let next = N;

  const twist = (): void => {
    for (let i = 0; i < N; i++) {
      const y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    next = 0;
  };
  const uint32 = (): number => {
    if (next === N) twist();
    let y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  /** NumPy's `random_interval`: the lowest bits, drawn again while they exceed the largest value. */
  const upTo = (largest: number): number => {
    const mask = 0xffffffff >>> Math.clz32(largest);
    let value = (uint32() & mask) >>> 0;
    while (value > largest) value = (uint32() & mask) >>> 0;
    return value;
  };

  return {
    uint32,
    shuffledRange(count) {
      const range = Uint32Array.from({ length: count }, (_, i) => i);
      for (let i = count - 1; i > 0; i--) {
        const j = upTo(i);
        const kept = range[i];
        range[i] = range[j];
        range[j] = kept;
      }
      return range;
    },
  };
}
