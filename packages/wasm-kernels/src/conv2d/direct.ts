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

/** Any convolution, as a product of the windows, which are not copied, and the packed filter. */
export function slideDirectly(host: KernelHost, shape: Convolution, slide: Slide): void {
  const { inChannels, outChannels, filterWidth } = shape;
  const taps = shape.filterHeight * filterWidth;
  const k = taps * inChannels;
  const panels = Math.ceil(outChannels / 8);
  const packed = host.scratch(panels * 8 * (k + 1) * FLOAT);
  const zeros = host.zeros(filterWidth * inChannels * FLOAT);
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
  const args = [writeConvolution(host, shape), slide.x, packed, slide.out, zeros, slide.relu ? 1 : 0];
  host.run('conv2d', args, Math.ceil(places / 4), places * k * outChannels);
}

/** The gradient by the filter of any convolution. */
export function filterGradientDirectly(
  host: KernelHost,
  shape: Convolution,
  { x, dy, dw }: Record<'x' | 'dy' | 'dw', number>,
): void {
  const taps = shape.filterHeight * shape.filterWidth;
  const places = shape.images * shape.outHeight * shape.outWidth;
  const work = places * taps * shape.inChannels * shape.outChannels;
  const tiles = taps * Math.ceil(shape.inChannels / 4);
  host.run('conv2dFilterGradient', [writeConvolution(host, shape), x, dy, dw], tiles, work);
}
