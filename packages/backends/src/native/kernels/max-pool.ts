import {
  backend_util,
  getKernel,
  MaxPool,
  MaxPoolGrad,
  unregisterKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { registerNative, type NativeHost, type OpAttribute } from './native-host.js';
import { OneDnn } from './one-dnn.js';
import { PooledData } from './pooled-data.js';

/**
 * `MaxPool` and `MaxPoolGrad` by oneDNN, where it is there: it notes which value of each window was the largest. TensorFlow's
 * own gradient looks for them once more, which takes it longer than the convolution before.
 */
export function registerMaxPool(host: NativeHost): void {
  const oneDnn = new OneDnn(host);
  if (!works(host, oneDnn)) return;
  const [tfjsMaxPool, tfjsMaxPoolGrad] = [MaxPool, MaxPoolGrad].map((name) => {
    const { kernelFunc } = getKernel(name, 'tensorflow');
    unregisterKernel(name, 'tensorflow');
    return (inputs: object, attrs: object) =>
      kernelFunc({ inputs: { ...inputs }, attrs: { ...attrs }, backend: host.backend });
  });

  registerNative<{ x: TensorInfo }, PoolAttrs>(MaxPool, ({ x }, attrs) => {
    const window = windowOf(host, x, attrs);
    if (!window) return tfjsMaxPool({ x }, attrs);
    const [pooled, places] = oneDnn.run('MaxPool', [x], window, 2);
    return PooledData.output(host, pooled, places, nameOf(window));
  });
  registerNative<GradientInputs, PoolAttrs>(MaxPoolGrad, (inputs, attrs) => {
    const { dy, input, output } = inputs;
    const window = windowOf(host, input, attrs);
    const data = host.backend.tensorMap.get(output.dataId);
    if (!window || !(data instanceof PooledData) || data.window !== nameOf(window))
      return tfjsMaxPoolGrad(inputs, attrs);
    const [dx] = oneDnn.run('MaxPoolGrad', [input, output, dy, data.places], window);
    return host.output(dx);
  });
}

/** Pools four numbers, and passes one back. */
function works(host: NativeHost, oneDnn: OneDnn): boolean {
  const window = attributesOf(host, [2, 2], [2, 2], 'VALID');
  return oneDnn.gives([0, 7, 0, 0], () => {
    const x = host.handle(Float32Array.of(1, 4, 2, 3), [1, 2, 2, 1]);
    const dy = host.handle(Float32Array.of(7), [1, 1, 1, 1]);
    const [pooled, places] = oneDnn.run('MaxPool', [x], window, 2);
    const [dx] = oneDnn.run('MaxPoolGrad', [x, pooled, dy, places], window);
    host.free([x, dy, pooled, places]);
    return dx;
  });
}

/** Undefined for what is left to tfjs-node, which also says what it cannot do. */
function windowOf(host: NativeHost, x: TensorInfo, attrs: PoolAttrs): OpAttribute[] | undefined {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  if (x.dtype !== 'float32' || x.shape.includes(0) || typeof pad !== 'string') return undefined;
  const { computePool2DInfo } = backend_util;
  const shape = x.shape as [number, number, number, number];
  const info = computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  return attributesOf(
    host,
    [info.filterHeight, info.filterWidth],
    [info.strideHeight, info.strideWidth],
    pad.toUpperCase(),
  );
}

function attributesOf(host: NativeHost, size: number[], strides: number[], padding: string): OpAttribute[] {
  return [
    host.ints('ksize', [1, ...size, 1]),
    host.ints('strides', [1, ...strides, 1]),
    host.string('padding', padding),
    host.bool('workspace_enabled', true),
  ];
}

function nameOf(window: readonly OpAttribute[]): string {
  return window.map(({ value }) => String(value)).join(' ');
}

interface GradientInputs {
  readonly dy: TensorInfo;
  readonly input: TensorInfo;
  /** What the pooling returned. */
  readonly output: TensorInfo;
}

/** As TensorFlow.js has them. */
interface PoolAttrs {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}
