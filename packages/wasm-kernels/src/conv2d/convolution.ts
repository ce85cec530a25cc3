import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';
import { backwardConvolution, forwardConvolution, type ConvInfo } from './convolution-shape.js';
import { filterGradientDirectly, MOST_TAPS, slideDirectly } from './direct.js';
import { filterGradientByWinograd, slideByWinograd, winogradPays } from './winograd.js';

/** Whether the kernels can do it: any but images of NCHW, grouped channels and filters of more than 65,000 taps. */
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
  info: ConvInfo,
  given: Record<'x' | 'filter' | 'out', number> & { bias?: number; relu?: boolean },
): void {
  const shape = forwardConvolution(info);
  const slide = winogradPays(shape) ? slideByWinograd : slideDirectly;
  slide(host, shape, { bias: 0, relu: false, ...given, flip: false });
}

/** Computes the gradient `dx` by the input of a convolution, from the gradient `dy` by its output. */
export function convolveBack(
  host: KernelHost,
  info: ConvInfo,
  { dy, filter, dx }: Record<'dy' | 'filter' | 'dx', number>,
): void {
  const shape = backwardConvolution(info);
  const slide = winogradPays(shape) ? slideByWinograd : slideDirectly;
  slide(host, shape, { x: dy, filter, out: dx, flip: true, bias: 0, relu: false });
}

/** Computes the gradient `dw` by the filter. */
export function convolutionFilterGradient(
  host: KernelHost,
  info: ConvInfo,
  addresses: Record<'x' | 'dy' | 'dw', number>,
): void {
  const shape = forwardConvolution(info);
  const gradient = winogradPays(shape) ? filterGradientByWinograd : filterGradientDirectly;
  gradient(host, shape, addresses);
}
