import { tensor, tidy } from '@tensorflow/tfjs-core';
import { fusedProduct } from './fused-product.js';
import { NativeHost } from './native-host.js';
import { onNative, useNative } from './native-kernels.test-support.js';

useNative();

/** Notes the operations that it runs. */
class NotingHost extends NativeHost {
  readonly noted: string[] = [];

  override run(...given: Parameters<NativeHost['run']>): ReturnType<NativeHost['run']> {
    this.noted.push(given[0]);
    return super.run(...given);
  }
}

const setting = process.env.TF_ENABLE_ONEDNN_OPTS;
afterEach(() => {
  if (setting === undefined) delete process.env.TF_ENABLE_ONEDNN_OPTS;
  else process.env.TF_ENABLE_ONEDNN_OPTS = setting;
});

/** Values of a product of matrices with a bias, and the operations that it took. */
function product(activation: 'linear' | 'relu' | 'tanh'): { values: number[]; operations: string[] } {
  const host = new NotingHost();
  const multiply = fusedProduct(host, 'MatMul', { rank: 2, attributes: [] });
  host.noted.length = 0;
  let values: number[] = [];
  tidy(() => {
    const [x, kernel] = [
      tensor([[1, 2]]),
      tensor([
        [3, -3],
        [4, -4],
      ]),
    ];
    const info = multiply({ operands: [x, kernel], attributes: [] }, tensor([5, 6]), { activation });
    values = [...host.read(info)];
    host.backend.disposeData(info.dataId);
  });
  return { values, operations: host.noted };
}

onNative('calls an operation for each where oneDNN is not wanted', () => {
  process.env.TF_ENABLE_ONEDNN_OPTS = '0';
  expect(product('relu')).toEqual({ values: [16, 0], operations: ['MatMul', 'BiasAdd', 'Relu'] });
  expect(product('linear')).toEqual({ values: [16, -5], operations: ['MatMul', 'BiasAdd'] });
});

onNative('gives the same where it calls one', () => {
  delete process.env.TF_ENABLE_ONEDNN_OPTS;
  const { values, operations } = product('relu');
  expect(values).toEqual([16, 0]);
  // The second where the addon is not of `native build`, or oneDNN is not there.
  expect([['_MklNativeFusedMatMul'], ['MatMul', 'BiasAdd', 'Relu']]).toContainEqual(operations);
  expect(product('linear').values).toEqual([16, -5]);
  expect(product('tanh').values[0]).toBeCloseTo(1, 6);
});
