import { inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { encodePng } from './encode-png.js';
import { imageGridSvg } from './image-grid-svg.js';
import { imageText } from './image-text.js';
import { multiHotSvg } from './multi-hot-svg.js';
import { multiHotText } from './multi-hot-text.js';
import { renderPng } from './render-png.js';

const gray = { height: 2, width: 3, channels: 1 };
const pixels = Uint8Array.from([0, 128, 255, 255, 0, 64]);
/** The bytes of the rows of a PNG with a single IDAT. */
const content = (png: Buffer) => {
  const at = png.indexOf('IDAT');
  return [...inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))];
};

test('a PNG holds the very pixels, gray or RGB', () => {
  expect(content(encodePng({ ...gray, pixels }))).toEqual([0, 0, 128, 255, 0, 255, 0, 64]);
  const rgb = { height: 1, width: 2, channels: 3, pixels: Float32Array.from([1, 2, 3.4, -5, 300, 9]) };
  expect(content(encodePng(rgb))).toEqual([0, 1, 2, 3, 0, 255, 9]);
});

test('draws a grid of crisp images with labels below, which other programs can read', async () => {
  const image = { pixels, label: '<7>' };
  const svg = imageGridSvg(Array(5).fill(image) as (typeof image)[], gray);
  const uris = [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(([, data]) => data);
  expect(uris).toHaveLength(5);
  expect(content(Buffer.from(uris[0], 'base64'))).toEqual([0, 0, 128, 255, 0, 255, 0, 64]);
  expect(svg.match(/&lt;7&gt;<\/text>/g)).toHaveLength(5);
  expect(svg).not.toContain('<7>');
  const drawn = await renderPng(svg, 1);
  expect([drawn.readUInt32BE(16), drawn.readUInt32BE(20)]).toEqual([
    3 * 84 + 2 * 14 + 24,
    2 * (56 + 20) + 14 + 24,
  ]);
});

test('enlarges images without smoothing when drawn as PNG', () => {
  const image = { pixels: Uint8Array.of(0, 255, 255, 0), label: '' };
  const { width, pixels: drawn } = new Resvg(
    imageGridSvg([image], { height: 2, width: 2, channels: 1 }),
  ).render();
  const grays = new Map<number, number>();
  for (let y = 14; y < 94; y += 1) {
    for (let x = 14; x < 94; x += 1) {
      const gray = drawn[4 * (y * width + x)];
      grays.set(gray, (grays.get(gray) ?? 0) + 1);
    }
  }
  expect([...grays].sort()).toEqual([
    [0, 3200],
    [255, 3200],
  ]);
});

test('refuses pixels that do not fill the size', () => {
  const draw = (size: typeof gray) => () => imageGridSvg([{ pixels, label: '' }], size);
  expect(draw({ ...gray, height: 3 })).toThrow(
    'An image of 3 x 3 x 1 has 9 values, not 6; give all of its pixels.',
  );
  expect(draw({ ...gray, channels: 2 })).toThrow(expect.objectContaining({ code: 'bad-image' }) as Error);
});

test('draws an image as text: half blocks in color, a ramp of grays without', () => {
  const image = { height: 3, width: 2, channels: 1, pixels: Uint8Array.from([255, 0, 255, 0, 0, 255]) };
  expect(imageText(image, { color: false })).toBe('@ \n @\n');
  const [first, second] = imageText(image, { color: true }).split('\n');
  expect(first).toBe(
    '\u001b[38;2;255;255;255m\u001b[48;2;255;255;255m▀\u001b[38;2;0;0;0m\u001b[48;2;0;0;0m▀\u001b[0m',
  );
  expect(second).toContain('\u001b[38;2;255;255;255m\u001b[49m▀');
});

test('draws the columns of a multi-hot row that are 1', () => {
  const svg = multiHotSvg([0, 11, 99, 11, 100, -1], 100, 'row 0 & <b>');
  expect(svg.match(/M\d+ \d+h/g)).toEqual(['M0 0h', 'M50 50h', 'M450 450h']);
  expect(svg).toContain('columns 0 to 99, 10 to a line; 3 are 1');
  expect(svg).toContain('row 0 &amp; &lt;b&gt;');
});

test('draws a multi-hot row as text within the columns there are', () => {
  expect(multiHotText([0, 11], 20, { columns: 40, color: false })).toBe(
    '█·········\n·█········\nEach character is one column: · all 0, █\n1.',
  );
  const lines = multiHotText([0, 1, 2, 9_999], 10_000, { columns: 30, color: false }).split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(30);
  expect(lines.slice(0, 20).join('')).toMatch(/^█·+░$/);
  expect(lines.slice(20).join(' ')).toBe('Each character is 17 columns: · all 0, ░ one to █ 3 of them 1.');
});
