import { randomStream, type RandomStream } from '@wellfit/core';
import type { ImageRows } from '../images/image-dataset.js';
import { drawLabel } from './draw-label.js';
import { shapeMasks } from './shape-masks.js';
import type { ImageGeneration } from './synthetic-image-options.js';

const SIDE = 32;
const BYTES = SIDE * SIDE * 3;
const masks = Object.values(shapeMasks);

/**
 * Draws pictures of 32 x 32 pixels in colour: one shape before a background that shades from one colour to another.
 *
 * Place, size, direction and all colours are random, and grain lies over the picture. Only the form tells the class, so
 * that convolutions are worth their while: a dense network does far worse on it than a convolutional one.
 */
export function generateImages(
  { noise, seed }: ImageGeneration,
  part: 'train' | 'test',
  rows: number,
): ImageRows {
  const random = randomStream(seed, `images/${part}`);
  // Clamped: what is stored is rounded and kept within 0 to 255.
  const pixels = new Uint8ClampedArray(rows * BYTES);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const { shown, label } = drawLabel(masks.length, noise, random);
    labels[row] = label;
    drawShape(masks[shown], random, pixels.subarray(row * BYTES, (row + 1) * BYTES));
  }
  return { pixels: new Uint8Array(pixels.buffer), labels };
}

/** Share of full brightness that grain reaches at most. */
const GRAIN = 0.12;

function drawShape(
  inside: (x: number, y: number) => boolean,
  random: RandomStream,
  pixels: Uint8ClampedArray,
): void {
  const color = (): [number, number, number] => [random.below(256), random.below(256), random.below(256)];
  const [top, bottom] = [color(), color()];
  const middle = top.map((value, channel) => (value + bottom[channel]) / 2);
  let shape = color();
  // A shape nobody could see would be a wrong label.
  while (distance(shape, middle) < 130) shape = color();

  const radius = 7.5 + 5 * random.uniform();
  const right = SIDE / 2 - 0.5 + 6 * (random.uniform() - 0.5);
  const down = SIDE / 2 - 0.5 + 6 * (random.uniform() - 0.5);
  const turn = 0.5 * (random.uniform() - 0.5);
  const [sin, cos] = [Math.sin(turn) / radius, Math.cos(turn) / radius];
  let at = 0;
  for (let y = 0; y < SIDE; y++) {
    const share = y / (SIDE - 1);
    for (let x = 0; x < SIDE; x++) {
      const shown = inside(cos * (x - right) + sin * (y - down), cos * (y - down) - sin * (x - right));
      // One draw serves three channels: a byte each, and the fourth is subtracted, so that their mean is 0.
      const bits = random.uint32();
      for (let channel = 0; channel < 3; channel++) {
        const grain = (((bits >>> (8 * channel)) & 255) - (bits >>> 24)) * GRAIN;
        const base = shown ? shape[channel] : top[channel] + share * (bottom[channel] - top[channel]);
        pixels[at++] = base + grain;
      }
    }
  }
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) * (value - b[i]), 0));
}
