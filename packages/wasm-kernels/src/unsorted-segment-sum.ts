import {
  UnsortedSegmentSum,
  type KernelFunc,
  type TensorInfo,
  type UnsortedSegmentSumAttrs,
  type UnsortedSegmentSumInputs,
} from '@tensorflow/tfjs-core';
import type { Heap } from './heap.js';
import { replaceKernel } from './replace-kernel.js';

/**
 * Gives the `wasm` backend `unsortedSegmentSum`, of which the gradient of `gather` (an embedding) consists and which
 * TensorFlow.js 4.22 lacks there. As on the `cpu` backend, rows whose segment number is out of range count nowhere.
 *
 * Needs `@tensorflow/tfjs-backend-wasm` to be loaded; calling it again does nothing.
 */
export function registerUnsortedSegmentSum(): void {
  replaceKernel(UnsortedSegmentSum, () => unsortedSegmentSum);
}

const unsortedSegmentSum: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, segmentIds } = inputs as Record<keyof UnsortedSegmentSumInputs, TensorInfo>;
  const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
  const heap = backend as Heap;
  const [rows, ...inner] = x.shape;
  const width = inner.reduce((product, length) => product * length, 1);
  const result = heap.makeOutput([numSegments, ...inner], x.dtype);
  const values = heap.typedArrayFromHeap(x);
  const segments = heap.typedArrayFromHeap(segmentIds);
  const sums = heap.typedArrayFromHeap(result).fill(0);
  for (let row = 0; row < rows; row++) {
    const segment = segments[row];
    if (segment < 0 || segment >= numSegments) continue;
    for (let i = 0; i < width; i++) sums[segment * width + i] += values[row * width + i];
  }
  return result;
};
