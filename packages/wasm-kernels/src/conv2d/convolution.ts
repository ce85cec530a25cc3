import type { backend_util } from '@tensorflow/tfjs-core';
import { type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';

type ConvInfo = ReturnType<typeof backend_util.computeConv2DInfo>;

/** Bytes of the pointer tables of an instance, divided by those of a tap: `BEFORE_TABLES` of `assembly/conv2d.ts`. */
const MOST_TAPS = Math.floor((65536 - 128) / 16);

const FLOAT = 4;

/** What a convolution looks like, with images `[n, height, width, channels]`. */
export type ConvolutionInfo = Pick<
  ConvInfo,
  | 'batchSize'
  | 'inHeight'
  | 'inWidth'
  | 'inChannels'
  | 'outHeight'
  | 'outWidth'
  | 'outChannels'
  | 'filterHeight'
  | 'filterWidth'
  | 'strideHeight'
  | 'strideWidth'
  | 'dilationHeight'
  | 'dilationWidth'
  | 'padInfo'
>;

/** Whether the kernels can do it: any but images of NCHW, grouped channels and filters of more than 4,000 taps. */
export function isSupported(x: TensorInfo, filter: { shape: number[] }, info: ConvInfo): boolean {
  return (
    info.dataFormat === 'channelsLast' &&
    x.dtype === 'float32' &&
    filter.shape[2] === info.inChannels &&
    info.filterHeight * info.filterWidth <= MOST_TAPS
  );
}

/** Computes `out = activation(conv(x, filter) + bias)`; all are addresses, 0 for no bias. */
export function convolve(
  host: KernelHost,
  info: ConvolutionInfo,
  {
    x,
    filter,
    bias = 0,
    out,
    relu = false,
  }: Record<'x' | 'filter' | 'out', number> & { bias?: number; relu?: boolean },
): void {
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const k = filterHeight * filterWidth * inChannels;
  const panels = Math.ceil(outChannels / 8);
  const packed = host.scratch(panels * 8 * (k + 1) * FLOAT);
  host.run(
    'packPanels',
    [filter, outChannels * FLOAT, FLOAT, k, outChannels, bias, packed],
    panels,
    k * outChannels,
  );
  const shape = host.parameters([
    ...images(info),
    info.strideHeight,
    info.strideWidth,
    info.dilationHeight,
    info.dilationWidth,
    info.padInfo.top,
    info.padInfo.left,
    1,
    1,
  ]);
  slide(
    host,
    shape,
    x,
    packed,
    out,
    relu,
    info.batchSize * info.outHeight * info.outWidth,
    filterWidth * inChannels,
    k * outChannels,
  );
}

/** Computes the gradient `dx` by the input of a convolution, from the gradient `dy` by its output. */
export function convolveBack(
  host: KernelHost,
  info: ConvolutionInfo,
  { dy, filter, dx }: Record<'dy' | 'filter' | 'dx', number>,
): void {
  const { inChannels, outChannels, filterHeight, filterWidth, padInfo } = info;
  const taps = filterHeight * filterWidth;
  const panels = Math.ceil(inChannels / 8);
  const packed = host.scratch(panels * 8 * (taps * outChannels + 1) * FLOAT);
  host.run(
    'packFlippedFilter',
    [filter, taps, inChannels, outChannels, packed],
    panels,
    taps * inChannels * outChannels,
  );
  // A convolution of dy, spread out by the strides, with the filter turned by 180 degrees.
  const shape = host.parameters([
    info.batchSize,
    info.outHeight,
    info.outWidth,
    outChannels,
    info.inHeight,
    info.inWidth,
    inChannels,
    filterHeight,
    filterWidth,
    1,
    1,
    info.dilationHeight,
    info.dilationWidth,
    (filterHeight - 1) * info.dilationHeight - padInfo.top,
    (filterWidth - 1) * info.dilationWidth - padInfo.left,
    info.strideHeight,
    info.strideWidth,
  ]);
  slide(
    host,
    shape,
    dy,
    packed,
    dx,
    false,
    info.batchSize * info.inHeight * info.inWidth,
    filterWidth * outChannels,
    taps * inChannels * outChannels,
  );
}

/** Computes the gradient `dw` by the filter. */
export function convolutionFilterGradient(
  host: KernelHost,
  info: ConvolutionInfo,
  { x, dy, dw }: Record<'x' | 'dy' | 'dw', number>,
): void {
  const shape = host.parameters([
    ...images(info),
    info.strideHeight,
    info.strideWidth,
    info.dilationHeight,
    info.dilationWidth,
    info.padInfo.top,
    info.padInfo.left,
    1,
    1,
  ]);
  const taps = info.filterHeight * info.filterWidth;
  const work = info.batchSize * info.outHeight * info.outWidth * taps * info.inChannels * info.outChannels;
  host.run('conv2dFilterGradient', [shape, x, dy, dw], taps * Math.ceil(info.inChannels / 4), work);
}

function images(info: ConvolutionInfo): number[] {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  return [
    batchSize,
    inHeight,
    inWidth,
    inChannels,
    outHeight,
    outWidth,
    outChannels,
    info.filterHeight,
    info.filterWidth,
  ];
}

function slide(
  host: KernelHost,
  shape: number,
  x: number,
  packed: number,
  out: number,
  relu: boolean,
  places: number,
  zeros: number,
  workAPlace: number,
): void {
  const args = [shape, x, packed, out, host.zeros(zeros * FLOAT), relu ? 1 : 0];
  host.run('conv2d', args, Math.ceil(places / 4), places * workAPlace);
}
