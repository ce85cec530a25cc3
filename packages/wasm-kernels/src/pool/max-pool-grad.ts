import {
  MaxPoolGrad,
  util,
  type KernelFunc,
  type MaxPoolAttrs,
  type MaxPoolGradInputs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { forwardConvolution, writeConvolution } from '../conv2d/convolution-shape.js';
import { hostOf } from '../hosts.js';
import { replaceKernel } from '../replace-kernel.js';
import { poolInfo } from './max-pool.js';

/**
 * Makes the gradient of `maxPool` right on the `wasm` backend: that of TensorFlow.js 4.22 drops the gradient of every
 * window whose maximum is not positive.
 *
 * The gradient of a window goes to its maximum, the first in reading order where there are several, as on the `cpu`
 * backend; a window without a number above minus infinity passes none.
 */
export function registerMaxPoolGrad(): void {
  replaceKernel(MaxPoolGrad, () => maxPoolGrad);
}

const maxPoolGrad: KernelFunc = ({ inputs, backend, attrs }) => {
  const { dy, input } = inputs as Record<keyof MaxPoolGradInputs, TensorInfo>;
  const info = poolInfo(input.shape, attrs as unknown as MaxPoolAttrs);
  const host = hostOf(backend);
  const dx = host.output(input.shape);
  host.run(
    'maxPoolGradient',
    [
      writeConvolution(host, forwardConvolution(info)),
      host.address(input),
      host.address(dy),
      host.address(dx),
    ],
    info.batchSize,
    util.sizeFromShape(input.shape),
  );
  return dx;
};
