import type { backend_util } from '@tensorflow/tfjs-core';
import type { KernelHost } from '../host/kernel-host.js';

/** What TensorFlow.js works out about a convolution of images `[n, height, width, channels]`. */
export type ConvInfo = ReturnType<typeof backend_util.computeConv2DInfo>;

/** The same as kernels read it; `assembly/convolution.ts` says what it means, and has the same order. */
export interface Convolution {
  readonly images: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly dilationY: number;
  readonly dilationX: number;
  readonly padY: number;
  readonly padX: number;
  readonly divideY: number;
  readonly divideX: number;
}

/** The convolution itself. */
export function forwardConvolution(info: ConvInfo): Convolution {
  return {
    images: info.batchSize,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    inChannels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outChannels: info.outChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    dilationY: info.dilationHeight,
    dilationX: info.dilationWidth,
    padY: info.padInfo.top,
    padX: info.padInfo.left,
    divideY: 1,
    divideX: 1,
  };
}

/**
 * Its gradient by the input: a convolution of the output's gradient, spread out by the strides, with the filter turned
 * by 180 degrees.
 */
export function backwardConvolution(info: ConvInfo): Convolution {
  const forward = forwardConvolution(info);
  return {
    ...forward,
    inHeight: forward.outHeight,
    inWidth: forward.outWidth,
    inChannels: forward.outChannels,
    outHeight: forward.inHeight,
    outWidth: forward.inWidth,
    outChannels: forward.inChannels,
    strideY: 1,
    strideX: 1,
    padY: (forward.filterHeight - 1) * forward.dilationY - forward.padY,
    padX: (forward.filterWidth - 1) * forward.dilationX - forward.padX,
    divideY: forward.strideY,
    divideX: forward.strideX,
  };
}

/** Writes it where a kernel can read it, and returns the address. */
export function writeConvolution(host: KernelHost, shape: Convolution): number {
  return host.parameters([
    shape.images,
    shape.inHeight,
    shape.inWidth,
    shape.inChannels,
    shape.outHeight,
    shape.outWidth,
    shape.outChannels,
    shape.filterHeight,
    shape.filterWidth,
    shape.strideY,
    shape.strideX,
    shape.dilationY,
    shape.dilationX,
    shape.padY,
    shape.padX,
    shape.divideY,
    shape.divideX,
  ]);
}
