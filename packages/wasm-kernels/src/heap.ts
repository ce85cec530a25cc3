import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** The part of the `wasm` backend with which a kernel reaches the memory of tensors. */
export type Heap = Pick<BackendWasm, 'makeOutput' | 'typedArrayFromHeap' | 'disposeData'>;

/** A new float tensor with undefined values; whoever asked for it frees it by `disposeData`, or returns it. */
export function allocate(heap: Heap, shape: readonly number[]): TensorInfo {
  return heap.makeOutput([...shape], 'float32');
}

/**
 * The values of a float tensor, in place. Any allocation may move the heap, so views are to be taken after the last
 * one and not kept.
 */
export function floats(heap: Heap, tensor: TensorInfo): Float32Array {
  return heap.typedArrayFromHeap(tensor) as Float32Array;
}
