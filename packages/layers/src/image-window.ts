import { LayerError } from './errors.js';
import { imageShape, requireWhole, shownShape } from './layer-shapes.js';
import type { LayerHost } from './layer.js';

/** One number for rows and columns alike, or `[rows, columns]`. */
export type Extent = number | readonly [number, number];

/** `same` pads so that with stride 1 the size stays; `valid` pads nothing. */
export type Padding = 'same' | 'valid';

/** A window that moves over an image. */
export interface ImageWindow {
  /** For errors: `kernel` or `pool`. */
  readonly what: string;
  readonly size: Extent;
  readonly strides: Extent;
  readonly padding: Padding;
}

/** Where a window comes to stand on the images of a layer. */
export interface WindowPlan {
  readonly size: [number, number];
  readonly strides: [number, number];
  /** `[height, width, channels]` of the input. */
  readonly input: readonly [number, number, number];
  /** `[height, width]`: the number of places of the window. */
  readonly output: [number, number];
}

/**
 * Works out where a window comes to stand: `ceil(n / stride)` places with the padding `same`,
 * `floor((n - size) / stride) + 1` with `valid`, as in Keras.
 *
 * @throws LayerError `bad-shape` where the input is no image, the window does not fit into it, or a number is not whole.
 */
export function planWindow(name: string, host: LayerHost, window: ImageWindow): WindowPlan {
  const input = imageShape(name, host);
  const size = pair(window.size);
  const strides = pair(window.strides);
  size.forEach((extent) => requireWhole(name, `rows and columns of its ${window.what}`, extent));
  strides.forEach((extent) => requireWhole(name, 'rows and columns to stride', extent));
  const places = (axis: 0 | 1): number => {
    const count = placesAlong(input[axis], size[axis], strides[axis], window.padding);
    if (count < 1) {
      throw new LayerError(
        'bad-shape',
        `Layer ${name}: a ${window.what} of ${size.join(' x ')} does not fit into images of the shape ` +
          `${shownShape(input)}. Make it smaller, pool less, or pad with "same".`,
      );
    }
    return count;
  };
  return { size, strides, input, output: [places(0), places(1)] };
}

/** How many places a window has along an axis of `length` pixels; below 1 where it does not fit. */
export function placesAlong(length: number, size: number, stride: number, padding: Padding): number {
  const last = padding === 'same' ? length - 1 : length - size;
  return Math.floor(last / stride) + 1;
}

function pair(extent: Extent): [number, number] {
  return typeof extent === 'number' ? [extent, extent] : [extent[0], extent[1]];
}
