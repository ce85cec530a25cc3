import { Convolution } from './convolution';
import { localMemory } from './local';
import { outerTile } from './outer-tile';

/** Places whose products are summed before the sums are written: their images then stay in a near cache. */
const PLACES_A_BLOCK: i32 = 256;

/**
 * The gradient of a convolution by its filter: `dw[ky, kx, c, k] = sum of x[window] * dy[place]` over all places.
 *
 * Every element is summed by one thread in an order that does not depend on the number of threads.
 *
 * @param shape Address of a `Convolution`, of the forward pass.
 * @param dw `[filterHeight, filterWidth, inChannels, outChannels]`.
 * @param begin The first tile (a tap and four of its channels), `end` the one behind the last.
 */
export function conv2dFilterGradient(
  shape: usize,
  x: usize,
  dy: usize,
  dw: usize,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const tilesATap = (s.inChannels + 3) >> 2;
  const outStep = s.outChannels << 2;
  for (let tile = begin; tile < end; tile++) {
    const channel = (tile % tilesATap) << 2;
    const to = dw + <usize>((tile / tilesATap) * s.inChannels + channel) * outStep;
    memory.fill(to, 0, <usize>min(4, s.inChannels - channel) * outStep);
  }
  const rowsABlock = max(1, min(s.outHeight, PLACES_A_BLOCK / s.outWidth));
  const imagesABlock = max(1, PLACES_A_BLOCK / (s.outWidth * s.outHeight));
  for (let image = 0; image < s.images; image += imagesABlock) {
    const images = min(imagesABlock, s.images - image);
    for (let row = 0; row < s.outHeight; row += rowsABlock) {
      const rowEnd = min(s.outHeight, row + rowsABlock);
      for (let tile = begin; tile < end; tile++) {
        const tap = tile / tilesATap;
        const channel = (tile - tap * tilesATap) << 2;
        addTile(s, x, dy, dw, tap, channel, image, images, row, rowEnd);
      }
    }
  }
}

/** Adds what some rows of some images contribute to four channels of one tap. */
@inline
function addTile(
  s: Convolution,
  x: usize,
  dy: usize,
  dw: usize,
  tap: i32,
  channel: i32,
  image: i32,
  images: i32,
  row: i32,
  rowEnd: i32,
): void {
  const ky = tap / s.filterWidth;
  const kx = tap - ky * s.filterWidth;
  const topPad = s.padY - ky * s.dilationY;
  const leftPad = s.padX - kx * s.dilationX;
  const firstRow = max(row, firstInside(topPad, s.strideY));
  const lastRow = min(rowEnd - 1, lastInside(topPad, s.strideY, s.inHeight));
  const firstColumn = firstInside(leftPad, s.strideX);
  const lastColumn = min(s.outWidth - 1, lastInside(leftPad, s.strideX, s.inWidth));
  if (firstRow > lastRow || firstColumn > lastColumn) return;

  const pixel = s.inChannels << 2;
  const xRow = s.inWidth * pixel;
  const place = s.outChannels << 2;
  const dyRow = s.outWidth * place;
  const xAt =
    x +
    <usize>(image * s.inHeight + firstRow * s.strideY - topPad) * xRow +
    <usize>(firstColumn * s.strideX - leftPad) * pixel +
    (<usize>channel << 2);
  const dyAt = dy + <usize>(image * s.outHeight + firstRow) * dyRow + <usize>firstColumn * place;
  const to = dw + <usize>(tap * s.inChannels + channel) * place;
  const spare = localMemory();
  for (let column = 0; column < s.outChannels; column += 8) {
    const at = <usize>column << 2;
    outerTile(
      xAt, s.strideX * pixel, s.strideY * xRow, s.inHeight * xRow,
      dyAt + at, place, dyRow, s.outHeight * dyRow,
      lastColumn - firstColumn + 1, lastRow - firstRow + 1, images,
      to + at, place, min(4, s.inChannels - channel), min(8, s.outChannels - column), 1, spare,
    );
  }
}

/** The first place whose window starts within the image: `place * stride >= pad`. */
@inline
function firstInside(pad: i32, stride: i32): i32 {
  return pad <= 0 ? 0 : (pad + stride - 1) / stride;
}

/** The last place that reads within the image: `place * stride - pad < size`; negative where there is none. */
@inline
function lastInside(pad: i32, stride: i32, size: i32): i32 {
  const last = size - 1 + pad;
  return last < 0 ? -1 : last / stride;
}
