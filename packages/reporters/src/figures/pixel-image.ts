import { ReporterError } from '../errors.js';

/** Height, width and channels of an image. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  /** 1 for gray, 3 for red, green and blue. */
  readonly channels: number;
}

/** An image: rows from the top, each from the left, the channels of a pixel together. */
export interface PixelImage extends ImageSize {
  /** `height * width * channels` values from 0 to 255; others are cut to that, fractions rounded. */
  readonly pixels: Float32Array | Uint8Array;
}

/** Color of a pixel as whole numbers from 0 to 255. */
export function pixelColor(
  { pixels, width, channels }: PixelImage,
  x: number,
  y: number,
): readonly [number, number, number] {
  const at = (y * width + x) * channels;
  const level = (i: number) => Math.round(Math.min(255, Math.max(0, pixels[at + i])));
  return channels === 1 ? [level(0), level(0), level(0)] : [level(0), level(1), level(2)];
}

/** @throws ReporterError `bad-image` for other channels than 1 or 3, and for pixels that do not fill the size. */
export function checkImage({ pixels, height, width, channels }: PixelImage): void {
  const size = `${height} x ${width} x ${channels}`;
  if (channels !== 1 && channels !== 3) {
    throw new ReporterError(
      'bad-image',
      `An image of ${size} has ${channels} channels; give 1 (gray) or 3 (RGB).`,
    );
  }
  if (pixels.length !== height * width * channels) {
    const expected = height * width * channels;
    throw new ReporterError(
      'bad-image',
      `An image of ${size} has ${expected} values, not ${pixels.length}; give all of its pixels.`,
    );
  }
}
