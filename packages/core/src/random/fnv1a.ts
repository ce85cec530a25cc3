const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * 64-bit FNV-1a hash of a text's UTF-16 code units (Fowler, Noll, Vo), as its low and high 32 bits.
 */
export function fnv1a64(text: string): [low: number, high: number] {
  let hash = OFFSET_BASIS;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * PRIME);
  }
  return [Number(hash & 0xffffffffn), Number(hash >> 32n)];
}
