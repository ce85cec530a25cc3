import type { Json } from '@wellfit/core';
import { placesAlong, type Padding } from './image-window.js';
import type { SequentialConfig } from './layer-config.js';

/** `[height, width, channels]`. */
type ImageShape = readonly [number, number, number];

interface Window {
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/**
 * How many multiplications the convolutions of a model take for one row, forward, by their definition: places of the
 * kernel times its size. A backend may need fewer.
 *
 * @param config That of a model of `sequential`.
 * @returns undefined where the config is that of another kind of model.
 */
export function convolutionWork(config: Json): number | undefined {
  if (!isSequential(config)) return undefined;
  let sum = 0;
  // What follows a layer that is no image has no convolutions.
  let shape = config.inputShape as ImageShape;
  for (const layer of config.layers) {
    if (layer.type === 'Conv2D') {
      const [height, width] = places(shape, layer.kernelSize, layer);
      const [rows, columns] = layer.kernelSize;
      sum += height * width * rows * columns * shape[2] * layer.filters;
      shape = [height, width, layer.filters];
    } else if (layer.type === 'MaxPooling2D') {
      shape = [...places(shape, layer.poolSize, layer), shape[2]];
    }
  }
  return sum;
}

/** Where a window comes to stand. */
function places(
  shape: ImageShape,
  size: readonly [number, number],
  { strides, padding }: Window,
): [number, number] {
  const along = (axis: 0 | 1): number => placesAlong(shape[axis], size[axis], strides[axis], padding);
  return [along(0), along(1)];
}

function isSequential(config: Json): config is SequentialConfig {
  return (
    typeof config === 'object' &&
    config !== null &&
    'layers' in config &&
    Array.isArray(config.layers) &&
    'inputShape' in config &&
    Array.isArray(config.inputShape)
  );
}
