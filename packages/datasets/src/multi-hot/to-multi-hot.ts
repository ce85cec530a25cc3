import type { MultiHot } from '@wellfit/core';
import type { RowSource } from './row-source.js';

/**
 * The distinct values of every row, ascending: a multi-hot matrix without its zeros.
 *
 * @param source Its values are in [0, width).
 */
export function toMultiHot(source: RowSource, width: number): MultiHot {
  // Larger than needed: pages that are never touched cost no memory, a copy of the right size would.
  const indices = new Int32Array(source.total);
  const offsets = new Int32Array(source.rows + 1);
  const values = new Int32Array(source.longest);
  // One bit per column, cleared while it is read.
  const bits = new Int32Array((width + 31) >>> 5);
  let used = 0;
  for (let row = 0; row < source.rows; row++) {
    const length = source.read(row, values);
    let first = bits.length;
    let last = -1;
    for (let i = 0; i < length; i++) {
      const word = values[i] >>> 5;
      bits[word] |= 1 << (values[i] & 31);
      if (word < first) first = word;
      if (word > last) last = word;
    }
    for (let word = first; word <= last; word++) {
      let rest = bits[word];
      bits[word] = 0;
      while (rest !== 0) {
        const lowest = rest & -rest;
        indices[used++] = word * 32 + 31 - Math.clz32(lowest);
        rest ^= lowest;
      }
    }
    offsets[row + 1] = used;
  }
  return { kind: 'multi-hot', indices: indices.subarray(0, used), offsets, width };
}
