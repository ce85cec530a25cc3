/** How many values enter and leave a unit. */
export interface Fan {
  readonly in: number;
  readonly out: number;
}

/**
 * Fan-in and fan-out of a weight, as Keras counts them.
 *
 * @param shape `[inputs, outputs]`, or for convolutions `[...window, inputs, outputs]`, where every position of the
 * window counts; a vector's length counts both ways.
 * @example
 * fans([3, 3, 16, 32]); // { in: 144, out: 288 }
 */
export function fans(shape: readonly number[]): Fan {
  if (shape.length < 2) {
    const [length = 1] = shape;
    return { in: length, out: length };
  }
  const window = sizeOf(shape.slice(0, -2));
  return { in: window * shape[shape.length - 2], out: window * shape[shape.length - 1] };
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}
