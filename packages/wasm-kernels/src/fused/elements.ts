import type { TensorInfo } from '@tensorflow/tfjs-core';

/** Elements that are divided among threads in one piece: `ELEMENTS_A_GRAIN` of `assembly/ranges.ts`. */
const ELEMENTS_A_GRAIN = 1024;

/** How many elements a tensor has. */
export function sizeOf({ shape }: TensorInfo): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Into how many grains so many elements are divided. */
export function grainsOf(elements: number): number {
  return Math.ceil(elements / ELEMENTS_A_GRAIN);
}
