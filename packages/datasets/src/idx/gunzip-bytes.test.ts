import { gzipSync } from 'node:zlib';
import { gunzipBytes } from './gunzip-bytes.js';

const packed = gzipSync(new Uint8Array(100_000).fill(7));

test('unpacks', async () => {
  const bytes = await gunzipBytes(packed, 'digits.gz', 100_000);
  expect(bytes).toHaveLength(100_000);
  expect(bytes[99_999]).toBe(7);
});

test.each<[string, Uint8Array, number, string, string]>([
  [
    'more than allowed',
    packed,
    99_999,
    'too-large',
    'digits.gz unpacks to more than the 99999 bytes allowed',
  ],
  ['a file that is cut off', packed.subarray(0, -20), 1e6, 'bad-gzip', 'digits.gz is no intact gzip file'],
  [
    'damaged data',
    packed.map((byte, i) => (i === 40 ? byte ^ 255 : byte)),
    1e6,
    'bad-gzip',
    'no intact gzip',
  ],
  ['something else', Uint8Array.of(1, 2, 3, 4), 1e6, 'bad-gzip', 'no intact gzip'],
])('refuses %s', async (_, bytes, most, code, message) => {
  await expect(gunzipBytes(bytes, 'digits.gz', most)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message) as string,
  });
});
