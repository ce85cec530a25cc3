import { LOCAL_BYTES, type KernelHost } from '../host/kernel-host.js';
import { writeConvolution, type Convolution } from './convolution-shape.js';

const FLOAT = 4;

/** What a pass of a convolution reads and writes: addresses. */
export interface Slide {
  readonly x: number;
  /** Of the forward pass, also in the gradient by the input. */
  readonly filter: number;
  /** The filter is to be turned by 180 degrees, its channels in and out exchanged. */
  readonly flip: boolean;
  /** 0 for none. */
  readonly bias: number;
  readonly relu: boolean;
  readonly out: number;
}

/** Most taps whose addresses an instance can hold: see `BEFORE_TABLES` of `assembly/conv2d.ts`. */
export const MOST_TAPS = Math.floor((LOCAL_BYTES - 128) / 16);

/** Most floats of windows that are copied before they are multiplied: `PLACES_A_BLOCK` of them then stay in a near cache. */
const FEW_FLOATS = 64;

/**
 * Up to so many channels the windows are copied for the gradient by the filter: with one, two thirds of a tile that takes
 * channels of one tap would be empty (21 GFLOP/s against 10 for images of digits), with three a quarter (32 against 29);
 * with four none.
 */
const FEW_CHANNELS = 3;

/** Into how many sums the gradient by the filter over copied windows is divided at most. */
const MOST_PARTS = 64;

/** Any convolution, as a product of the windows, which are not copied, and the packed filter. */
export function slideDirectly(host: KernelHost, shape: Convolution, slide: Slide): void {
  const { inChannels, outChannels, filterWidth } = shape;
  const taps = shape.filterHeight * filterWidth;
  const k = taps * inChannels;
  const panels = Math.ceil(outChannels / 8);
  const packed = host.scratch(panels * 8 * (k + 1) * FLOAT);
  if (slide.flip) {
    host.run(
      'packFlippedFilter',
      [slide.filter, taps, outChannels, inChannels, packed],
      panels,
      k * outChannels,
    );
  } else {
    const args = [slide.filter, outChannels * FLOAT, FLOAT, k, outChannels, slide.bias, packed];
    host.run('packPanels', args, panels, k * outChannels);
  }
  const places = shape.images * shape.outHeight * shape.outWidth;
  const [tiles, work] = [Math.ceil(places / 4), places * k * outChannels];
  const [written, relu] = [writeConvolution(host, shape), slide.relu ? 1 : 0];
  if (k <= FEW_FLOATS && !slide.flip) {
    host.run('conv2dGathered', [written, slide.x, packed, slide.out, relu], tiles, work);
  } else {
    const zeros = host.zeros(filterWidth * inChannels * FLOAT);
    host.run('conv2d', [written, slide.x, packed, slide.out, zeros, relu], tiles, work);
  }
}

/** The gradient by the filter of any convolution. */
export function filterGradientDirectly(
  host: KernelHost,
  shape: Convolution,
  { x, dy, dw }: Record<'x' | 'dy' | 'dw', number>,
): void {
  const { inChannels } = shape;
  const taps = shape.filterHeight * shape.filterWidth;
  const places = shape.images * shape.outHeight * shape.outWidth;
  const work = places * taps * inChannels * shape.outChannels;
  const written = writeConvolution(host, shape);
  if (inChannels <= FEW_CHANNELS && taps * inChannels <= FEW_FLOATS) {
    // A part for each two thousand places, but no more than a crew can use: their sums take memory.
    const placesAPart = Math.max(2048, Math.ceil(places / MOST_PARTS));
    const parts = Math.ceil(places / placesAPart);
    const size = taps * inChannels * shape.outChannels;
    const sums = host.scratch(parts * size * FLOAT);
    host.run('conv2dGatheredFilterGradient', [written, x, dy, sums, placesAPart], parts, work);
    host.exports.sumRows(sums, parts, size, dw);
  } else {
    host.run('conv2dFilterGradient', [written, x, dy, dw], taps * Math.ceil(inChannels / 4), work);
  }
}
