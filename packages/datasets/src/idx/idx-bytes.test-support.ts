/** An IDX file. */
export function idxBytes(shape: readonly number[], values: ArrayLike<number>, type = 0x08): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, type, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((length, dimension) => view.setUint32(4 + 4 * dimension, length));
  bytes.set(Array.from(values), 4 + 4 * shape.length);
  return bytes;
}
