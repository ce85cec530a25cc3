import { Convolution } from './convolution';
import { largestFour, largestOfSquare } from './max-pool';

/**
 * The gradient of `maxPool`: that of a window goes to its largest value, the first in reading order where there are
 * several; a window without a number above minus infinity passes none.
 *
 * @param shape Address of a `Convolution`, of the forward pass.
 * @param begin The first image, `end` the one behind the last.
 */
export function maxPoolGradient(shape: usize, x: usize, dy: usize, dx: usize, begin: i32, end: i32): void {
  const s = changetype<Convolution>(shape);
  const pixel = s.inChannels << 2;
  const step = s.inWidth * pixel;
  const imageBytes = <usize>s.inHeight * step;
  const square = s.filterHeight == 2 && s.filterWidth == 2 && s.strideY == 2 && s.strideX == 2;
  const inFours = pixel & ~15;
  // Then `passSquare` writes every value of the image.
  const tiled =
    square && s.padY == 0 && s.padX == 0 && s.inHeight == s.outHeight << 1 && s.inWidth == s.outWidth << 1;
  const filled = tiled && inFours == pixel;
  let from = dy + <usize>(begin * s.outHeight * s.outWidth) * pixel;
  for (let image = begin; image < end; image++) {
    if (!filled) memory.fill(dx + <usize>image * imageBytes, 0, imageBytes);
    for (let row = 0; row < s.outHeight; row++) {
      const top = row * s.strideY - s.padY;
      const y = max(0, top);
      const rows = min(s.inHeight, top + s.filterHeight) - y;
      const line = <usize>image * imageBytes + <usize>y * step;
      for (let place = 0; place < s.outWidth; place++) {
        const left = place * s.strideX - s.padX;
        const first = max(0, left);
        const columns = min(s.inWidth, left + s.filterWidth) - first;
        const at = line + <usize>first * pixel;
        let c = 0;
        if (square && rows == 2 && columns == 2) {
          for (; c < inFours; c += 16) passSquare(x + at + c, v128.load(from + c), dx + at + c, step, pixel);
        } else {
          for (; c < inFours; c += 16) {
            passFour(x + at + c, v128.load(from + c), dx + at + c, rows, step, columns, pixel);
          }
        }
        for (; c < pixel; c += 4) pass(x + at + c, load<f32>(from + c), dx + at + c, rows, step, columns, pixel);
        from += pixel;
      }
    }
  }
}

/** Four channels of a window of two by two that shares no pixel with another. */
@inline
function passSquare(x: usize, dy: v128, dx: usize, step: i32, pixel: i32): void {
  const best = largestOfSquare(x, step, pixel);
  // Lanes whose gradient is still to be passed on; those of minus infinity never are.
  let open = f32x4.gt(best, f32x4.splat(-Infinity));
  let hit = v128.and(f32x4.eq(v128.load(x), best), open);
  v128.store(dx, v128.and(dy, hit));
  open = v128.andnot(open, hit);
  hit = v128.and(f32x4.eq(v128.load(x + pixel), best), open);
  v128.store(dx + pixel, v128.and(dy, hit));
  open = v128.andnot(open, hit);
  x += step;
  dx += step;
  hit = v128.and(f32x4.eq(v128.load(x), best), open);
  v128.store(dx, v128.and(dy, hit));
  open = v128.andnot(open, hit);
  hit = v128.and(f32x4.eq(v128.load(x + pixel), best), open);
  v128.store(dx + pixel, v128.and(dy, hit));
}

/** Four channels of any window. */
function passFour(x: usize, dy: v128, dx: usize, rows: i32, step: i32, columns: i32, pixel: i32): void {
  const best = largestFour(x, rows, step, columns, pixel);
  let open = f32x4.gt(best, f32x4.splat(-Infinity));
  for (let row = 0; row < rows; row++) {
    let at: usize = 0;
    for (let column = 0; column < columns; column++) {
      const hit = v128.and(f32x4.eq(v128.load(x + at), best), open);
      v128.store(dx + at, f32x4.add(v128.load(dx + at), v128.and(dy, hit)));
      open = v128.andnot(open, hit);
      at += pixel;
    }
    x += step;
    dx += step;
  }
}

/** One channel of any window. */
function pass(x: usize, dy: f32, dx: usize, rows: i32, step: i32, columns: i32, pixel: i32): void {
  let best: f32 = -Infinity;
  let bestAt: usize = 0;
  for (let row = 0; row < rows; row++) {
    let at = <usize>row * step;
    for (let column = 0; column < columns; column++) {
      const value = load<f32>(x + at);
      if (value > best) {
        best = value;
        bestAt = dx + at;
      }
      at += pixel;
    }
  }
  if (bestAt) store<f32>(bestAt, load<f32>(bestAt) + dy);
}
