import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What numbers the tensors of the backend; not part of its declared surface. */
interface Numbering {
  dataIdNextNumber: number;
  readonly wasm: {
    readonly tfjs: {
      registerTensor(id: number, size: number, address: number): void;
      disposeData(id: number): void;
    };
  };
}

/**
 * Lets kernels of TensorFlow.js see that a tensor's values were changed in place: those that build on XNNPACK (matrix
 * products, convolutions, prelu) keep a packed copy of their weights, by the tensor's number on the heap. It gets
 * another number, and the copies are given back. The values stay where they are.
 */
export function renumber(backend: BackendWasm, { dataId, shape }: TensorInfo): void {
  const numbering = backend as unknown as Numbering;
  const data = backend.dataIdMap.get(dataId);
  numbering.wasm.tfjs.disposeData(data.id);
  data.id = numbering.dataIdNextNumber++;
  numbering.wasm.tfjs.registerTensor(data.id, util.sizeFromShape(shape), data.memoryOffset);
}
