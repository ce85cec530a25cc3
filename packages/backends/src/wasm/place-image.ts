import type { TensorInfo } from '@tensorflow/tfjs-core';
import { allocate, floats, type Heap } from './heap.js';

/** Where the pixels of an image go on a larger, smaller or shifted one. */
export interface Placement {
  readonly height: number;
  readonly width: number;
  /** Row of the first pixel; negative to crop. */
  readonly top: number;
  /** Column of the first pixel; negative to crop. */
  readonly left: number;
  /** Distance between the rows of neighbouring pixels, at least 1. */
  readonly rowStep: number;
  /** Distance between their columns, at least 1. */
  readonly columnStep: number;
}

/**
 * Pads, crops and spreads the images of a batch `[rows, height, width, channels]` in one pass; what no pixel falls on
 * is 0.
 *
 * @returns A new tensor that the caller frees.
 */
export function placeImage(heap: Heap, x: TensorInfo, placement: Placement): TensorInfo {
  const { height, width, top, left, rowStep, columnStep } = placement;
  const [batch, rows, columns, channels] = x.shape;
  const out = allocate(heap, [batch, height, width, channels]);
  const from = floats(heap, x);
  const to = floats(heap, out).fill(0);
  for (let n = 0; n < batch; n++) {
    for (let r = 0; r < rows; r++) {
      const row = top + r * rowStep;
      if (row < 0 || row >= height) continue;
      for (let c = 0; c < columns; c++) {
        const column = left + c * columnStep;
        if (column < 0 || column >= width) continue;
        const source = ((n * rows + r) * columns + c) * channels;
        const target = ((n * height + row) * width + column) * channels;
        // A loop: for a few channels, `set` costs more than it saves.
        for (let k = 0; k < channels; k++) to[target + k] = from[source + k];
      }
    }
  }
  return out;
}
