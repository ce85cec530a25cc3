import { Convolution } from './convolution';

/**
 * The largest value of every channel in each window over NHWC images. NaN never wins, and a window without a number
 * above minus infinity gives minus infinity, as on the cpu backend of TensorFlow.js.
 *
 * @param shape Address of a `Convolution`; dilations and channels out are not read.
 * @param begin The first row of the output (of all images in a row), `end` the one behind the last.
 */
export function maxPool(shape: usize, x: usize, out: usize, begin: i32, end: i32): void {
  const s = changetype<Convolution>(shape);
  const pixel = s.inChannels << 2;
  const inFours = pixel & ~15;
  const step = s.inWidth * pixel;
  let to = out + <usize>(begin * s.outWidth) * pixel;
  for (let row = begin; row < end; row++) {
    const image = row / s.outHeight;
    const top = (row - image * s.outHeight) * s.strideY - s.padY;
    const y = max(0, top);
    const rows = min(s.inHeight, top + s.filterHeight) - y;
    const line = x + <usize>(image * s.inHeight + y) * step;
    for (let place = 0; place < s.outWidth; place++) {
      const left = place * s.strideX - s.padX;
      const first = max(0, left);
      const columns = min(s.inWidth, left + s.filterWidth) - first;
      const from = line + <usize>first * pixel;
      let c = 0;
      if (rows == 2 && columns == 2) {
        for (; c < inFours; c += 16) v128.store(to + c, largestOfSquare(from + c, step, pixel));
      } else {
        for (; c < inFours; c += 16) v128.store(to + c, largestFour(from + c, rows, step, columns, pixel));
      }
      for (; c < pixel; c += 4) store<f32>(to + c, largest(from + c, rows, step, columns, pixel));
      to += pixel;
    }
  }
}

/** The larger in every lane, the first where they are equal or `b` is NaN. */
@inline
function larger(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b);
}

/** Of two by two pixels; the case that networks have. */
@inline
export function largestOfSquare(from: usize, step: i32, pixel: i32): v128 {
  const below = from + step;
  const upper = larger(larger(f32x4.splat(-Infinity), v128.load(from)), v128.load(from + pixel));
  return larger(larger(upper, v128.load(below)), v128.load(below + pixel));
}

/** Of four channels in a window. */
export function largestFour(from: usize, rows: i32, step: i32, columns: i32, pixel: i32): v128 {
  let best = f32x4.splat(-Infinity);
  for (let row = 0; row < rows; row++) {
    let at = from;
    for (let column = 0; column < columns; column++) {
      best = larger(best, v128.load(at));
      at += pixel;
    }
    from += step;
  }
  return best;
}

/** Of one channel in a window. */
function largest(from: usize, rows: i32, step: i32, columns: i32, pixel: i32): f32 {
  let best: f32 = -Infinity;
  for (let row = 0; row < rows; row++) {
    let at = from;
    for (let column = 0; column < columns; column++) {
      const value = load<f32>(at);
      if (value > best) best = value;
      at += pixel;
    }
    from += step;
  }
  return best;
}
