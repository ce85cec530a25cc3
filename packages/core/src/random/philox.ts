const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
// Looked up once: where globals are intercepted, as in test runners, a lookup costs more than all ten rounds.
const { imul } = Math;

/** High 32 bits of the 64-bit product of two unsigned 32-bit integers, as a signed integer. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // None of these sums exceeds 32 bits, so integer arithmetic is enough: this is the hot spot of every stream.
  const middle = imul(aHigh, bLow) + (imul(aLow, bLow) >>> 16);
  const carry = (middle & 0xffff) + imul(aLow, bHigh);
  return (imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * Philox4x32-10: turns a 128-bit counter and a 64-bit key into four random 32-bit integers.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 *
 * @param out Receives the four integers.
 */
export function philox4x32(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(M0, c0);
    const low0 = imul(M0, c0);
    const high1 = multiplyHigh(M1, c2);
    const low1 = imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
