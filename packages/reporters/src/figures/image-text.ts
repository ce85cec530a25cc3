import { pixelColor, type PixelImage } from './pixel-image.js';

/** Ten grays by how much of a character is ink, dark to light on a dark terminal. */
const ramp = ' .:-=+*#%@';

/**
 * Draws an image as lines of text, one character per pixel across. With color, a character holds two pixels, one above
 * the other, as a half block in 24-bit colors. Without, it holds the mean of the two as a gray from blank (black) to
 * `@` (white).
 *
 * @returns Lines of `width` columns, each ended by a newline; half as many as the image is high.
 * @example
 * console.log(imageText({ pixels, height: 28, width: 28, channels: 1 }, { color: true }));
 */
export function imageText(image: PixelImage, { color }: { readonly color: boolean }): string {
  const { height, width } = image;
  const lines = Array.from({ length: Math.ceil(height / 2) }, (_, half) => {
    const cells = Array.from({ length: width }, (_, x) => {
      const top = pixelColor(image, x, 2 * half);
      const below = 2 * half + 1 < height ? pixelColor(image, x, 2 * half + 1) : undefined;
      return color ? halfBlock(top, below) : gray(top, below ?? top);
    });
    return color ? `${cells.join('')}\u001b[0m\n` : `${cells.join('')}\n`;
  });
  return lines.join('');
}

type Rgb = readonly [number, number, number];

function halfBlock(top: Rgb, below: Rgb | undefined): string {
  const background = below === undefined ? '\u001b[49m' : `\u001b[48;2;${below.join(';')}m`;
  return `\u001b[38;2;${top.join(';')}m${background}▀`;
}

function gray(top: Rgb, below: Rgb): string {
  // Luma of ITU-R BT.601.
  const luma = ([r, g, b]: Rgb) => 0.299 * r + 0.587 * g + 0.114 * b;
  const level = (luma(top) + luma(below)) / 2 / 255;
  return ramp[Math.round(level * (ramp.length - 1))];
}
