import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import {
  batchNorm,
  clone,
  concat,
  conv1d,
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  dot,
  einsum,
  fused,
  gather,
  grads,
  linalg,
  matMul,
  maxPool,
  mul,
  outerProduct,
  pool,
  relu,
  reshape,
  separableConv2d,
  sigmoid,
  softmax,
  split,
  sum,
  tensor,
  tensor2d,
  tidy,
  tile,
  transpose,
  type DataType,
  type Rank,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { registerTrainingKernels } from './register-training-kernels.js';
import { normal } from './same-as-cpu.test-support.js';
import { startStock, stop } from './start-afresh.test-support.js';

const draw = <R extends Rank>(...shape: number[]): Tensor<R> =>
  tensor<R>(normal(shape, 'given'), shape as never);
const image = (...shape: number[]): Tensor4D => draw<Rank.R4>(...shape);

const activations = ['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'sigmoid'] as const;
const fusedDense = (bias?: Tensor, options = {}): Tensor =>
  fused.matMul({ a: draw<Rank.R2>(7, 6), b: draw<Rank.R2>(6, 5), bias, ...options });
const fusedConv = (bias?: Tensor, options = {}): Tensor =>
  fused.conv2d({
    x: image(2, 7, 6, 3),
    filter: image(3, 2, 3, 5),
    strides: 1,
    pad: 'same',
    bias,
    ...options,
  });

const operations: Readonly<Record<string, () => Tensor | Tensor[]>> = {
  'matMul of matrices': () => matMul(draw(5, 7), draw(7, 3)),
  'matMul of stacks': () => matMul(draw(2, 3, 5, 7), draw(2, 3, 7, 4)),
  'matMul of five axes': () => matMul(draw(2, 1, 3, 5, 7), draw(2, 1, 3, 7, 4)),
  'matMul of one column': () => matMul(draw(5, 7), draw(7, 1)),
  'matMul of sizes that do not fit': () => matMul(draw(5, 7), draw(6, 3)),
  'matMul of stacks that do not fit': () => matMul(draw(2, 5, 7), draw(3, 7, 3)),
  'matMul transposed, of sizes that do not fit': () => matMul(draw(5, 7), draw(7, 3), true),
  'matMul of whole numbers': () =>
    matMul(tensor2d([[1, 2]], [1, 2], 'int32'), tensor2d([[3], [4]], [2, 1], 'int32')),
  'matMul of whole numbers and floats': () => matMul(tensor2d([[1, 2]], [1, 2], 'int32'), draw(2, 3)),
  'matMul of truth values': () =>
    matMul(tensor2d([[1, 0]], [1, 2], 'bool'), tensor2d([[1], [1]], [2, 1], 'bool')),
  dot: () => dot(draw(7), draw(7, 3)),
  outerProduct: () => outerProduct(draw<Rank.R1>(4), draw<Rank.R1>(5)),
  einsum: () => einsum('bij,bjk->bik', draw(2, 3, 4), draw(2, 4, 5)),
  'qr, whose steps multiply': () => linalg.qr(draw(4, 3)),
  'a bias that is a scalar': () => fusedDense(draw()),
  'a bias that is a matrix': () => fusedDense(draw(7, 5)),
  'a bias of one channel of five': () => fusedConv(draw(1)),
  'a bias that is a scalar, of a convolution': () => fusedConv(draw()),
  'a bias of too many channels': () => fusedConv(draw(6)),
  'prelu of a convolution': () =>
    fusedConv(draw(5), { activation: 'prelu', preluActivationWeights: draw(5) }),
  ...Object.fromEntries(
    activations.flatMap((activation) => [
      [`dense, ${activation}`, () => fusedDense(draw(5), { activation, leakyreluAlpha: 0.2 })],
      [`convolution, ${activation}`, () => fusedConv(draw(5), { activation, leakyreluAlpha: 0.2 })],
    ]),
  ),
  conv1d: () => conv1d(draw<Rank.R3>(2, 9, 3), draw<Rank.R3>(4, 3, 5), 2, 'valid'),
  'conv2d of one image': () => conv2d(draw<Rank.R3>(7, 6, 3), image(3, 3, 3, 4), 1, 'same'),
  'conv2d of many channels': () => conv2d(image(2, 8, 8, 16), image(3, 3, 16, 16), 1, 'same'),
  'conv2d with dilations': () => conv2d(image(2, 9, 9, 3), image(3, 3, 3, 4), 1, 'same', 'NHWC', [2, 3]),
  'conv2d with paddings': () =>
    conv2d(image(2, 9, 9, 3), image(3, 3, 3, 4), 2, [
      [0, 0],
      [1, 2],
      [0, 3],
      [0, 0],
    ]),
  'conv2d that rounds': () => conv2d(image(1, 8, 8, 3), image(3, 3, 3, 4), 2, 1, 'NHWC', 1, 'floor'),
  'conv2d with channels first': () => conv2d(image(2, 3, 9, 9), image(3, 3, 3, 4), 1, 'same', 'NCHW'),
  'conv2d of other channels': () => conv2d(image(2, 9, 9, 2), image(3, 3, 3, 4), 1, 'same'),
  conv2dTranspose: () => conv2dTranspose(image(2, 4, 4, 3), image(3, 3, 2, 3), [2, 8, 8, 2], 2, 'same'),
  depthwiseConv2d: () => depthwiseConv2d(image(2, 6, 6, 3), image(3, 3, 3, 2), 1, 'same'),
  separableConv2d: () => separableConv2d(image(2, 6, 6, 3), image(3, 3, 3, 2), image(1, 1, 6, 4), 1, 'same'),
  'maxPool with paddings': () => maxPool(image(2, 7, 7, 3), 3, 2, 1),
  'maxPool of one image': () => maxPool(draw<Rank.R3>(7, 6, 5), [2, 3], [2, 1], 'same'),
  'maxPool of single pixels': () => maxPool(image(2, 3, 3, 2), 1, 1, 'valid'),
  'maxPool of whole numbers': () =>
    maxPool(tensor<Rank.R4>([1, 5, 3, 4], [1, 2, 2, 1], 'int32'), 2, 2, 'valid'),
  'pool with dilations': () => pool(image(1, 9, 9, 2), [2, 2], 'max', 'valid', 2, 1),
  batchNorm: () => batchNorm(draw(5, 3), draw<Rank.R1>(3), relu(draw<Rank.R1>(3)), draw<Rank.R1>(3)),
  gather: () => gather(draw(6, 2, 3), tensor([4, 0, 4], [3], 'int32'), 1 - 1),
  softmax: () => softmax(draw(4, 9)),
  ...Object.fromEntries(
    (['float32', 'int32', 'bool'] as const).map((dtype: DataType) => [
      `what shares the values of a clone, ${dtype}`,
      () => {
        const x = tensor([1, 0, 1, 1, 0, 0], [2, 3], dtype as 'int32');
        const copy = clone(x);
        const flat = reshape(copy, [6]);
        return [transpose(copy), tile(copy, [2, 1]), concat([copy, x]), ...split(flat, 3), clone(flat)];
      },
    ]),
  ),
  'gradients of two dense layers': () =>
    grads((x, w, v) => sum(mul(matMul(sigmoid(matMul(x, w)), v), draw(6, 2))))([
      draw(6, 5),
      draw(5, 4),
      draw(4, 2),
    ]),
  'gradients of stacks': () =>
    grads((a, b) => sum(mul(matMul(a, b), draw(2, 3, 3))))([draw(2, 3, 4), draw(2, 4, 3)]),
  'gradient of a convolution by its input': () =>
    grads((x) => sum(mul(conv2d(x as Tensor4D, image(3, 3, 3, 4), 1, 'same'), image(2, 5, 5, 4))))([
      image(2, 5, 5, 3),
    ]),
};

/** Shapes, types and values; or, of what threw, that it did. */
function outcome(compute: () => Tensor | Tensor[]): { like: unknown; values: number[] } {
  try {
    return tidy(() => {
      const outputs = [compute()].flat();
      const like = outputs.map(({ shape, dtype }) => ({ shape, dtype }));
      return { like, values: outputs.flatMap((output) => [...output.dataSync()]) };
    });
  } catch {
    return { like: 'threw', values: [] };
  }
}

/** The losses of three epochs, from the same weights each time, and predictions after them. */
async function train(
  model: Sequential,
  x: Tensor,
  y: Tensor,
  loss: string,
  optimizer: string,
): Promise<number[]> {
  // No variance is to be negative.
  const initial = model
    .getWeights()
    .map(({ shape }, i) =>
      mul(tensor(normal(shape, `w${i}`).map(shape.length > 1 ? Number : Math.abs), shape), 0.3),
    );
  model.setWeights(initial);
  model.compile({ optimizer, loss });
  const { history } = await model.fit(x, y, { epochs: 3, batchSize: 8, shuffle: false, verbose: 0 });
  const predictions = model.predict(x) as Tensor;
  const found = [...(history.loss as number[]), ...(await predictions.data())];
  for (const used of [...initial, predictions]) used.dispose();
  model.dispose();
  return found;
}

const mlp = (units: number, activation: 'softmax' | 'sigmoid' | 'linear'): Sequential =>
  sequential({
    layers: [
      layers.dense({ inputShape: [10], units: 13, activation: 'relu', kernelRegularizer: 'l1l2' }),
      layers.batchNormalization(),
      layers.dense({ units: 9, activation: 'tanh', useBias: false }),
      layers.dense({ units, activation }),
    ],
  });

const trainings: Readonly<Record<string, () => Promise<number[]>>> = {
  'a classifier': () =>
    train(mlp(4, 'softmax'), draw(24, 10), softmax(draw(24, 4)), 'categoricalCrossentropy', 'adam'),
  'a binary classifier': () =>
    train(mlp(1, 'sigmoid'), draw(24, 10), relu(draw(24, 1)), 'binaryCrossentropy', 'rmsprop'),
  'a regression': () => train(mlp(2, 'linear'), draw(20, 10), draw(20, 2), 'meanSquaredError', 'sgd'),
  'a recurrent network': () => {
    const model = sequential({
      layers: [
        layers.lstm({ inputShape: [5, 3], units: 6, recurrentInitializer: 'zeros' }),
        layers.dense({ units: 1 }),
      ],
    });
    return train(model, draw(12, 5, 3), draw(12, 1), 'meanSquaredError', 'adagrad');
  },
};

type Outcomes = Record<string, { like: unknown; values: number[] }>;

async function outcomes(): Promise<Outcomes> {
  const found: Outcomes = {};
  for (const [name, compute] of Object.entries(operations)) found[name] = outcome(compute);
  for (const [name, run] of Object.entries(trainings)) found[name] = { like: 'trained', values: await run() };
  return found;
}

let [stock, ours]: Outcomes[] = [];

beforeAll(async () => {
  await startStock();
  stock = await outcomes();
  expect(await registerTrainingKernels({ threads: 1 })).toMatchObject({ active: true });
  ours = await outcomes();
}, 60_000);
afterAll(stop);

test.each([...Object.keys(operations), ...Object.keys(trainings)])('%s', (name) => {
  const [expected, got] = [stock[name], ours[name]];
  expect(got.like).toEqual(expected.like);
  expect(got.values).toHaveLength(expected.values.length);
  const scale = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  expected.values.forEach((value, i) => expect(got.values[i] / scale).toBeCloseTo(value / scale, 5));
});
