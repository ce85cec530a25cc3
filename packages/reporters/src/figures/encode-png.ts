import { crc32, deflateSync } from 'node:zlib';
import { pixelColor, type PixelImage } from './pixel-image.js';

/**
 * Encodes an image as PNG (ISO/IEC 15948): 8 bits, gray or RGB, rows without filter.
 *
 * @example
 * writeFileSync('digit.png', encodePng({ pixels, height: 28, width: 28, channels: 1 }));
 */
export function encodePng(image: PixelImage): Buffer {
  const { height, width, channels } = image;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8);
  const stride = 1 + width * channels;
  const rows = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows.set(pixelColor(image, x, y).slice(0, channels), y * stride + 1 + x * channels);
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(typed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}
