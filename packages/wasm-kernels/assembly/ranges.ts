import { localMemory } from './local';

/** Elements that are divided among threads in one piece. */
export const ELEMENTS_A_GRAIN: i32 = 1024;

/** Cuts a number of bytes down to whole vectors. */
export const WHOLE: usize = ~(<usize>15);

/** Byte offset of the first element of a grain. */
@inline
export function startOf(grain: i32): usize {
  return <usize>(grain * ELEMENTS_A_GRAIN) << 2;
}

/** Byte offset behind the last element of the grains before `grain`, of `size` elements in all. */
@inline
export function stopOf(grain: i32, size: i32): usize {
  return <usize>min(grain * ELEMENTS_A_GRAIN, size) << 2;
}

/**
 * Copies the one to three elements that do not fill a vector, of up to five tensors, to where whole vectors may be read
 * and written: the first to the address returned, the others 16 bytes apart. So a kernel treats them as the others.
 */
export function takeRest(bytes: usize, a: usize, b: usize = 0, c: usize = 0, d: usize = 0, e: usize = 0): usize {
  const spare = localMemory();
  memory.fill(spare, 0, 80);
  memory.copy(spare, a, bytes);
  if (b) memory.copy(spare + 16, b, bytes);
  if (c) memory.copy(spare + 32, c, bytes);
  if (d) memory.copy(spare + 48, d, bytes);
  if (e) memory.copy(spare + 64, e, bytes);
  return spare;
}

/** Copies back what {@link takeRest} took; 0 for what was only read. */
export function giveRest(
  spare: usize,
  bytes: usize,
  a: usize,
  b: usize = 0,
  c: usize = 0,
  d: usize = 0,
  e: usize = 0,
): void {
  memory.copy(a, spare, bytes);
  if (b) memory.copy(b, spare + 16, bytes);
  if (c) memory.copy(c, spare + 32, bytes);
  if (d) memory.copy(d, spare + 48, bytes);
  if (e) memory.copy(e, spare + 64, bytes);
}
