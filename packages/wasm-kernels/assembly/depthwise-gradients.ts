import { Convolution } from './convolution';

/**
 * The gradient of a depthwise convolution by its filter: `dw[ky, kx, c, m] = sum of x[window, c] * dy[place, c, m]` over
 * all places.
 *
 * @param shape Address of a `Convolution`, of the forward pass; channels out are channels in times the multiplier.
 * @param dw `[filterHeight, filterWidth, inChannels, multiplier]`.
 * @param begin The first tap, `end` the one behind the last.
 */
export function depthwiseFilterGradient(
  shape: usize,
  x: usize,
  dy: usize,
  dw: usize,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const tapBytes = <usize>s.outChannels << 2;
  const multiplier = s.outChannels / max(1, s.inChannels);
  for (let tap = begin; tap < end; tap++) {
    const ky = tap / s.filterWidth;
    const kx = tap - ky * s.filterWidth;
    const to = dw + <usize>tap * tapBytes;
    memory.fill(to, 0, tapBytes);
    let from = dy;
    for (let image = 0; image < s.images; image++) {
      for (let row = 0; row < s.outHeight; row++) {
        const y = row * s.strideY + ky * s.dilationY - s.padY;
        for (let place = 0; place < s.outWidth; place++) {
          const column = place * s.strideX + kx * s.dilationX - s.padX;
          if (y >= 0 && y < s.inHeight && column >= 0 && column < s.inWidth) {
            const pixel = <usize>((image * s.inHeight + y) * s.inWidth + column) * s.inChannels;
            addProducts(x + (pixel << 2), from, to, s.inChannels, multiplier);
          }
          from += tapBytes;
        }
      }
    }
  }
}

/**
 * The gradient of a depthwise convolution by its input: `dx[pixel, c] = sum of dy[place, c, m] * w[tap, c, m]` over the
 * places whose windows have a tap on the pixel.
 *
 * @param shape As above.
 * @param begin The first row of the input (of all images in a row), `end` the one behind the last.
 */
export function depthwiseInputGradient(
  shape: usize,
  dy: usize,
  filter: usize,
  dx: usize,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const pixelBytes = <usize>s.inChannels << 2;
  const tapBytes = <usize>s.outChannels << 2;
  const multiplier = s.outChannels / max(1, s.inChannels);
  let to = dx + <usize>begin * s.inWidth * pixelBytes;
  for (let row = begin; row < end; row++) {
    const image = row / s.inHeight;
    const y = row - image * s.inHeight;
    for (let column = 0; column < s.inWidth; column++) {
      memory.fill(to, 0, pixelBytes);
      let tap = filter;
      for (let ky = 0; ky < s.filterHeight; ky++) {
        const placeRow = placeOf(y + s.padY - ky * s.dilationY, s.strideY, s.outHeight);
        for (let kx = 0; kx < s.filterWidth; kx++) {
          const place = placeOf(column + s.padX - kx * s.dilationX, s.strideX, s.outWidth);
          if (placeRow >= 0 && place >= 0) {
            const at = <usize>((image * s.outHeight + placeRow) * s.outWidth + place) * tapBytes;
            addSums(dy + at, tap, to, s.inChannels, multiplier);
          }
          tap += tapBytes;
        }
      }
      to += pixelBytes;
    }
  }
}

/** The place whose window starts `t` before, or -1 for none. */
@inline
function placeOf(t: i32, stride: i32, places: i32): i32 {
  if (t < 0 || t % stride != 0) return -1;
  const place = t / stride;
  return place < places ? place : -1;
}

/** `to[c, m] += x[c] * dy[c, m]`. */
@inline
function addProducts(x: usize, dy: usize, to: usize, channels: i32, multiplier: i32): void {
  let c = 0;
  if (multiplier == 1) {
    for (; c + 4 <= channels; c += 4) {
      const at = <usize>c << 2;
      v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(v128.load(x + at), v128.load(dy + at))));
    }
  }
  for (; c < channels; c++) {
    const value = load<f32>(x + (<usize>c << 2));
    for (let m = 0; m < multiplier; m++) {
      const at = <usize>(c * multiplier + m) << 2;
      store<f32>(to + at, load<f32>(to + at) + value * load<f32>(dy + at));
    }
  }
}

/** `to[c] += sum over m of dy[c, m] * w[c, m]`. */
@inline
function addSums(dy: usize, w: usize, to: usize, channels: i32, multiplier: i32): void {
  let c = 0;
  if (multiplier == 1) {
    for (; c + 4 <= channels; c += 4) {
      const at = <usize>c << 2;
      v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(v128.load(dy + at), v128.load(w + at))));
    }
  }
  for (; c < channels; c++) {
    const out = to + (<usize>c << 2);
    let total = load<f32>(out);
    for (let m = 0; m < multiplier; m++) {
      const at = <usize>(c * multiplier + m) << 2;
      total += load<f32>(dy + at) * load<f32>(w + at);
    }
    store<f32>(out, total);
  }
}
