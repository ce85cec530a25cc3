import { randomStream, type RandomStream } from '@wellfit/core';
import type { ImageRows } from '../images/image-dataset.js';
import { digitStrokes } from './digit-strokes.js';
import { drawLabel } from './draw-label.js';
import type { ImageGeneration } from './synthetic-image-options.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;

/**
 * Draws digits of 28 x 28 pixels with a pen: white on black, as in MNIST.
 *
 * Every digit is moved, turned, slanted, stretched and written with a pen of its own width; the points that its lines
 * run through are displaced one by one; and grain lies over the picture. So a small network learns the digits from some
 * thousand of them, and learns by heart where it has only some hundred.
 */
export function generateDigits(
  { noise, seed }: ImageGeneration,
  part: 'train' | 'test',
  rows: number,
): ImageRows {
  const random = randomStream(seed, `digits/${part}`);
  // Clamped: what is stored is rounded and kept within 0 to 255.
  const pixels = new Uint8ClampedArray(rows * PIXELS);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const { shown, label } = drawLabel(10, noise, random);
    labels[row] = label;
    drawDigit(shown, random, pixels.subarray(row * PIXELS, (row + 1) * PIXELS));
  }
  return { pixels: new Uint8Array(pixels.buffer), labels };
}

function drawDigit(digit: number, random: RandomStream, pixels: Uint8ClampedArray): void {
  const ink = new Float64Array(PIXELS);
  const place = drawPlacement(random);
  const width = 0.9 + 0.9 * random.uniform();
  for (const stroke of digitStrokes[digit]) {
    const points: number[] = [];
    for (let i = 0; i < stroke.length; i += 2) {
      points.push(...place(stroke[i] + WOBBLE * random.normal(), stroke[i + 1] + WOBBLE * random.normal()));
    }
    for (let i = 0; i + 3 < points.length; i += 2) {
      drawLine(ink, points[i], points[i + 1], points[i + 2], points[i + 3], width);
    }
  }
  const pressure = 180 + 75 * random.uniform();
  for (let i = 0; i < PIXELS; i++) {
    // The difference of two bytes: grain with a triangular distribution, cheap and the same everywhere.
    const bits = random.uint32();
    const grain = ((bits & 255) - ((bits >>> 8) & 255)) * GRAIN;
    pixels[i] = pressure * ink[i] + grain;
  }
}

/** Standard deviation of a point's displacement, where a digit is 2 high. */
const WOBBLE = 0.09;

/** Share of full brightness that grain reaches at most. */
const GRAIN = 0.3;

/** From the digit's own coordinates to pixels. */
function drawPlacement(random: RandomStream): (x: number, y: number) => [number, number] {
  const turn = 0.15 * random.normal();
  const slant = 0.15 * random.normal();
  const height = 8 + 2 * random.uniform();
  const width = 7 + 2.5 * random.uniform();
  const right = SIDE / 2 - 0.5 + 0.8 * random.normal();
  const down = SIDE / 2 - 0.5 + 0.8 * random.normal();
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  return (x, y) => {
    const u = width * (x - slant * y);
    const v = height * y;
    return [right + cos * u - sin * v, down + sin * u + cos * v];
  };
}

/** Inks the pixels whose centre is within `width` of a line; at the edge fading over one pixel. */
function drawLine(ink: Float64Array, x0: number, y0: number, x1: number, y1: number, width: number): void {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squared = dx * dx + dy * dy || 1;
  const reach = width + 0.5;
  const inside = (value: number): number => Math.max(0, Math.min(SIDE - 1, value));
  const right = inside(Math.floor(Math.max(x0, x1) + reach));
  const bottom = inside(Math.floor(Math.max(y0, y1) + reach));
  for (let y = inside(Math.ceil(Math.min(y0, y1) - reach)); y <= bottom; y++) {
    for (let x = inside(Math.ceil(Math.min(x0, x1) - reach)); x <= right; x++) {
      const along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / squared));
      const across = x - x0 - along * dx;
      const up = y - y0 - along * dy;
      // Not by `hypot` or `**`, whose last digit may differ between engines.
      const distance = Math.sqrt(across * across + up * up);
      const covered = Math.min(1, reach - distance);
      if (covered > ink[y * SIDE + x]) ink[y * SIDE + x] = covered;
    }
  }
}
