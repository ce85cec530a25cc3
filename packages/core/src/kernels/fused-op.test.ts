import {
  addN,
  grad,
  mul,
  neg,
  registerKernel,
  square,
  sum,
  tensor1d,
  tidy,
  unregisterKernel,
  variable,
  type DataType,
  type Scalar,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { weightGradients } from '../train/weight-gradients.js';
import { fusedOp } from './fused-op.js';

useBackend('cpu');

/** What of the cpu backend the kernel below uses. */
interface CpuBackend {
  readonly data: { get(dataId: object): { readonly values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array): TensorInfo;
}

const seen: string[] = [];
const note = (x: TensorInfo, factor: TensorInfo): unknown => seen.push(`${x.dtype} ${factor.dtype}`);

/** `factor x^2`, of which only `x` has a gradient. */
const scaledSquare = fusedOp<'x' | 'factor', object, Record<'dy' | 'x' | 'factor', Tensor>>({
  kernel: 'TestScaledSquare',
  inputsToSave: ['x', 'factor'],
  outputsToSave: [false],
  backward: (dy, [x, factor]) => ({ dy, x, factor }),
  gradients: { x: ({ dy, x, factor }) => mul(mul(dy, x), mul(factor, 2)) },
  composed({ x, factor }) {
    note(x!, factor!);
    return [mul(square(x!), factor!)];
  },
});

/** As the kernels of wasm do, it takes what it is given for float32. */
function registerScaledSquare(): void {
  registerKernel({
    kernelName: 'TestScaledSquare',
    backendName: 'cpu',
    kernelFunc({ inputs, backend }) {
      const { x, factor } = inputs as Record<'x' | 'factor', TensorInfo>;
      const cpu = backend as unknown as CpuBackend;
      note(x, factor);
      const [[by], values] = [factor, x].map(({ dataId }) => Array.from(cpu.data.get(dataId).values));
      const out = Float32Array.from(Array.isArray(values) ? values : [values], (value) => by * value * value);
      return cpu.makeTensorInfo(x.shape, 'float32', out);
    },
  });
}

describe.each(['composed', 'as a kernel'])('%s', (form) => {
  beforeAll(() => {
    if (form !== 'composed') registerScaledSquare();
  });
  afterAll(() => {
    if (form !== 'composed') unregisterKernel('TestScaledSquare', 'cpu');
  });

  const run = (x: Tensor): Tensor => scaledSquare({ x, factor: tensor1d([3], 'int32') }, {})[0];

  test('value and gradient', () => {
    tidy(() => {
      const x = tensor1d([1, -2, 0.5]);
      expect([...run(x).dataSync()]).toEqual([3, 12, 0.75]);
      expect([...grad((given: Tensor) => sum(run(given)))(x).dataSync()]).toEqual([6, -12, 3]);
    });
  });

  test('whole numbers and truth values come as float32', () => {
    for (const dtype of ['float32', 'int32', 'bool'] as const) {
      tidy(() => {
        seen.length = 0;
        const y = run(tensor1d([1, 0, 1], dtype));
        expect(seen).toEqual(['float32 float32']);
        expect([...y.dataSync()]).toEqual([3, 0, 3]);
      });
    }
  });
});

test('a gradient by another output than the first is an error, not left out', () => {
  registerKernel({
    kernelName: 'TestTwoOutputs',
    backendName: 'cpu',
    kernelFunc: ({ inputs: { x } }) => [square(x as Tensor), neg(x as Tensor)],
  });
  const two = fusedOp<'x', object, { dy: Tensor; x: Tensor }>({
    kernel: 'TestTwoOutputs',
    inputsToSave: ['x'],
    outputsToSave: [false, false],
    backward: (dy, [x]) => ({ dy, x }),
    gradients: { x: ({ dy, x }) => mul(dy, mul(x, 2)) },
    composed: ({ x }) => [square(x!), neg(x!)],
  });
  const x = tidy(() => variable(tensor1d([1, -2])));
  tidy(() => {
    const gradient = (used: readonly number[]): Tensor =>
      weightGradients(() => addN(used.map((i) => sum<Scalar>(two({ x }, {})[i]))), [x])[0]!;
    expect([...gradient([0]).dataSync()]).toEqual([2, -4]);
    const refused = expect.objectContaining({ code: 'bad-gradient' }) as Error;
    expect(() => gradient([1])).toThrow(refused);
    expect(() => gradient([0, 1])).toThrow(refused);
  });
  x.dispose();
  unregisterKernel('TestTwoOutputs', 'cpu');
});
