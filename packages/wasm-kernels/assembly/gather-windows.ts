import { Convolution } from './convolution';

/**
 * Copies the windows of consecutive places of a convolution's output, one after the other: `filterHeight * filterWidth *
 * inChannels` floats each, 0 where a window leaves the image. Of a forward pass (`divide` is 1).
 *
 * @param place The first, counted over all images.
 * @param to Room for all windows and 28 bytes more; up to 28 bytes behind the last pixel are read, too (see `outerTile`).
 */
export function gatherWindows(s: Convolution, x: usize, place: i32, count: i32, to: usize): void {
  // In variables: what is in memory would be read again after each store.
  const inHeight = s.inHeight;
  const inWidth = s.inWidth;
  const outWidth = s.outWidth;
  const strideX = s.strideX;
  const dilationY = s.dilationY;
  const filterHeight = s.filterHeight;
  const pixel = s.inChannels << 2;
  const rowBytes = inWidth * pixel;
  const runBytes = s.filterWidth * pixel;
  const rowStart = -s.padX;
  const rowEnd = outWidth * strideX - s.padX;
  // Up to where a window that starts there lies within the image, and in the row of places.
  const wholeEnd = s.dilationX == 1 ? min(inWidth - s.filterWidth, rowEnd - strideX) : -1;
  let row = place / outWidth;
  const image = row / s.outHeight;
  let left = (place - row * outWidth) * strideX - s.padX;
  row -= image * s.outHeight;
  let from = x + <usize>(image * inHeight) * rowBytes;
  let top = row * s.strideY - s.padY;
  const windowBytes = filterHeight * runBytes;
  const reach = (filterHeight - 1) * dilationY;
  const tapsBelow = dilationY * rowBytes;
  while (count > 0) {
    const whole = left >= 0 && left <= wholeEnd;
    if (whole && top >= 0 && top + reach < inHeight) {
      // Those that lie within the image one beside the other: nearly all of them, without a question for each.
      const some = min(count, (wholeEnd - left) / strideX + 1);
      copyWindows(to, from + <usize>top * rowBytes + <usize>left * pixel, some, strideX * pixel, filterHeight, tapsBelow, runBytes);
      to += <usize>some * windowBytes;
      left += some * strideX;
      count -= some;
    } else {
      let y = top;
      let source = from + <usize>y * rowBytes;
      for (let ky = 0; ky < filterHeight; ky++) {
        if (y < 0 || y >= inHeight) zeroRun(to, runBytes);
        else if (whole) copyRun(to, source + <usize>left * pixel, runBytes);
        else copyTaps(s, source, left, pixel, to);
        to += runBytes;
        y += dilationY;
        source += tapsBelow;
      }
      left += strideX;
      count -= 1;
    }
    if (left < rowEnd) continue;
    left = rowStart;
    row += 1;
    top += s.strideY;
    if (row < s.outHeight) continue;
    row = 0;
    top = -s.padY;
    from += <usize>inHeight * rowBytes;
  }
}

/** Windows that lie whole within an image, in one row of it. */
@inline
function copyWindows(
  to: usize,
  from: usize,
  count: i32,
  step: i32,
  filterHeight: i32,
  below: i32,
  runBytes: i32,
): void {
  for (; count > 0; count--) {
    let source = from;
    for (let ky = 0; ky < filterHeight; ky++) {
      copyRun(to, source, runBytes);
      to += runBytes;
      source += below;
    }
    from += step;
  }
}

/** One row of a window that leaves the image at the left or the right. */
function copyTaps(s: Convolution, row: usize, left: i32, pixel: i32, to: usize): void {
  for (let kx = 0; kx < s.filterWidth; kx++) {
    const column = left + kx * s.dilationX;
    if (column < 0 || column >= s.inWidth) zeroRun(to, pixel);
    else copyRun(to, row + <usize>column * pixel, pixel);
    to += pixel;
  }
}

/** Also copies up to 28 bytes more, which the next run overwrites. Short runs without a loop, whose end would be guessed wrongly. */
@inline
function copyRun(to: usize, from: usize, bytes: i32): void {
  v128.store(to, v128.load(from));
  if (bytes <= 16) return;
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  for (let at = 48; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}

@inline
function zeroRun(to: usize, bytes: i32): void {
  for (let at = 0; at < bytes; at += 16) v128.store(to + at, f32x4.splat(0));
}
