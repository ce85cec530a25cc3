import { hasKernel } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { readImages } from './read-images.js';
import { scaleTable } from './scale-table.js';

const shapes: [number, number, number, number][] = [
  [1, 1, 1, 1],
  [3, 5, 7, 3],
  [40, 28, 28, 1],
  [11, 40, 41, 3],
  [2, 3, 3, 2],
  [0, 28, 28, 1],
];

/** Bytes of every value, in an order without a period of the channels. */
const bytesOf = (shape: readonly number[]): Uint8Array =>
  Uint8Array.from(
    { length: shape.reduce((size, length) => size * length, 1) },
    (_, i) => (i * 37) ^ (i >> 5),
  );

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  test('only wasm has a kernel for it', () => {
    expect(hasKernel('WellfitReadImages')).toBe(backend === 'wasm');
  });

  test.each(shapes)('%i images of %i x %i x %i', (...shape) => {
    const bytes = bytesOf(shape);
    // The last first, and one of them twice.
    const chosen = Uint32Array.from({ length: shape[0] }, (_, i) =>
      i === 1 ? shape[0] - 1 : shape[0] - 1 - i,
    );
    for (const scaling of ['unit', 'none', 'standardize', 'standardize-channels'] as const) {
      const [, height, width, channels] = shape;
      const table = scaleTable(scaling, { pixels: bytes, size: height * width * channels }, channels);
      const size = height * width * channels;
      const floats = readImages({ pixels: bytes, shape: [height, width, channels], table }, chosen);
      expect(floats.shape).toEqual(shape);
      expect(floats.dtype).toBe('float32');
      const cycle = table.length / 256;
      const given = [...chosen].flatMap((image) => [...bytes.subarray(image * size, (image + 1) * size)]);
      const expected = Float32Array.from(given, (byte, i) => table[256 * (i % cycle) + byte]);
      const bits = Buffer.from(floats.dataSync<'float32'>().buffer);
      expect(bits.equals(Buffer.from(expected.buffer))).toBe(true);
      floats.dispose();
    }
  });
});
