import {
  UnsortedSegmentSum,
  type KernelFunc,
  type TensorInfo,
  type UnsortedSegmentSumAttrs,
  type UnsortedSegmentSumInputs,
} from '@tensorflow/tfjs-core';
import { KernelError } from './errors.js';
import { hostOf } from './hosts.js';
import { replaceKernel } from './replace-kernel.js';

/** Columns that the kernel takes at a time: `COLUMNS_A_GRAIN` of `assembly/segment-sum.ts`. */
const COLUMNS_A_GRAIN = 16;

/**
 * Gives the `wasm` backend `unsortedSegmentSum`, of which the gradient of `gather` (an embedding) consists and which
 * TensorFlow.js 4.22 lacks there. As on the `cpu` backend, rows whose segment number is out of range count nowhere.
 */
export function registerUnsortedSegmentSum(): void {
  replaceKernel(UnsortedSegmentSum, () => unsortedSegmentSum);
}

const unsortedSegmentSum: KernelFunc = ({ inputs, attrs, backend }) => {
  const { x, segmentIds } = inputs as Record<keyof UnsortedSegmentSumInputs, TensorInfo>;
  const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
  const host = hostOf(backend);
  const [rows, ...inner] = x.shape;
  const known = x.dtype === 'float32' || x.dtype === 'int32';
  if (
    !known ||
    segmentIds.dtype !== 'int32' ||
    segmentIds.shape.length !== 1 ||
    segmentIds.shape[0] !== rows
  ) {
    throw new KernelError(
      'unsupported',
      'unsortedSegmentSum takes float32 or int32 rows and one int32 segment for each, got ' +
        `${x.dtype} [${x.shape.join(', ')}] and ${segmentIds.dtype} [${segmentIds.shape.join(', ')}].`,
    );
  }
  const columns = inner.reduce((product, length) => product * length, 1);
  const whole = x.dtype === 'int32';
  const result = host.backend.makeOutput([numSegments, ...inner], whole ? 'int32' : 'float32');
  const addresses = [x, segmentIds, result].map((tensor) => host.address(tensor));
  const args = [...addresses, rows, columns, numSegments, whole ? 1 : 0];
  host.run('segmentSum', args, Math.ceil(columns / COLUMNS_A_GRAIN), rows * columns);
  return result;
};
