import '@tensorflow/tfjs-layers';
import {
  backend,
  conv2d,
  depthwiseConv2d,
  engine,
  fused,
  gather,
  grads,
  matMul,
  maxPool,
  mul,
  square,
  sum,
  tensor,
  tensor1d,
  tidy,
  unsortedSegmentSum,
  type NamedTensorMap,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { hostOf } from './hosts.js';
import { normal } from './same-as-cpu.test-support.js';
import { startAfresh, stop } from './start-afresh.test-support.js';

afterAll(stop);

const draw = (...shape: number[]): Tensor => tensor(normal(shape, 'given'), shape);

/** The outputs of one of our own kernels. */
function run(name: string, inputs: NamedTensorMap, attrs = {}): Tensor[] {
  const outputs = engine().runKernel<Tensor | Tensor[]>(name, inputs, attrs);
  return Array.isArray(outputs) ? outputs : [outputs];
}

/** Steps in place, so what was changed is what was given. */
function step(name: string, parameters: string[], attrs: object): Tensor[] {
  const inputs = Object.fromEntries(parameters.map((parameter) => [parameter, square(draw(1030))]));
  run(name, inputs, { rate: 0.1, step: 16, epsilon: 1e-7, ...attrs });
  return Object.values(inputs);
}

function convolutionGradients(channels: number, filters: number, stride: number): Tensor[] {
  return grads((x, w) => {
    const out = conv2d(x as Tensor4D, w as Tensor4D, stride, 'same');
    return sum(mul(out, draw(...out.shape)));
  })([draw(3, 9, 9, channels), draw(3, 3, channels, filters)]);
}

const products = [0, 1, 2, 3].flatMap((i) => {
  const [transposeA, transposeB] = [(i & 1) !== 0, (i & 2) !== 0];
  return (): Tensor[] => [
    matMul(
      draw(...(transposeA ? [29, 35] : [35, 29])),
      draw(...(transposeB ? [19, 29] : [29, 19])),
      transposeA,
      transposeB,
    ),
  ];
});

const rows = {
  matrix: { indices: Int32Array.of(0, 3, 8, 1, 2), offsets: Int32Array.of(0, 3, 3, 5) },
  chosen: Uint32Array.of(2, 0, 2),
  width: 9,
};

const computations: readonly (() => Tensor[])[] = [
  ...products,
  () => [fused.matMul({ a: draw(35, 30), b: draw(30, 19), bias: draw(19), activation: 'relu' })],
  () => convolutionGradients(5, 6, 2),
  () => convolutionGradients(20, 24, 1),
  () =>
    grads((x, w) => {
      const out = depthwiseConv2d(x as Tensor4D, w as Tensor4D, 1, 'same');
      return sum(mul(maxPool(out, 2, 2, 'same'), 2));
    })([draw(2, 7, 7, 6), draw(3, 3, 6, 1)]),
  () => [gather(draw(9, 5), tensor1d([4, 0, 4], 'int32'))],
  () => [unsortedSegmentSum(draw(9, 21), tensor1d([3, 0, 3, -1, 2, 2, 4, 3, 1], 'int32'), 4)],
  ...['sigmoid', 'tanh'].map(
    (activation) => () =>
      run('WellfitDense', { x: draw(40, 30), kernel: draw(30, 35), bias: draw(35) }, { activation }),
  ),
  () => run('WellfitReluGradient', { dy: draw(2050, 7), y: draw(2050, 7) }),
  () => run('WellfitTanhGradient', { dy: draw(2050, 7), y: draw(2050, 7) }),
  ...[5, 16].flatMap((units) => [
    () =>
      run(
        'WellfitMultiHotDense',
        { kernel: draw(9, units), bias: draw(units) },
        { ...rows, activation: 'relu' },
      ),
    () => run('WellfitMultiHotGradient', { dz: draw(3, units) }, rows),
  ]),
  () =>
    run(
      'WellfitBatchNormalization',
      { x: draw(700, 13), gamma: draw(13), beta: draw(13) },
      { epsilon: 1e-3 },
    ),
  () =>
    run(
      'WellfitBatchNormalizationGradient',
      { dy: draw(700, 13), x: draw(700, 13), gamma: draw(13), mean: draw(13), variance: square(draw(13)) },
      { epsilon: 1e-3 },
    ),
  () => run('WellfitDropout', { x: draw(1030) }, { rate: 0.3, key0: 1, key1: 2, start: 3 }),
  () => run('WellfitSoftmaxCrossEntropy', { logits: draw(70, 11), targets: draw(70, 11) }),
  () => run('WellfitBinaryCrossEntropy', { logits: draw(70, 11), targets: draw(70, 11) }),
  () => run('WellfitSquaredError', { logits: draw(70, 11), targets: draw(70, 11) }),
  () => run('WellfitWeightPenalty', { w: draw(1030) }, { l1: 0.1, l2: 0.2 }),
  () => run('WellfitWeightPenaltyGradient', { w: draw(1030), dy: draw(1) }, { l1: 0.1, l2: 0.2 }),
  () => step('WellfitSgd', ['weight', 'gradient'], {}),
  () => step('WellfitMomentum', ['weight', 'gradient', 'm'], { momentum: 0.9, nesterov: true }),
  () =>
    step('WellfitRmsprop', ['weight', 'gradient', 'v', 'mean', 'accumulated'], { rho: 0.9, momentum: 0.5 }),
  () => step('WellfitAdam', ['weight', 'gradient', 'm', 'v'], { decay: 0.1, beta1: 0.9, beta2: 0.99 }),
  () => step('WellfitAdagrad', ['weight', 'gradient', 'accumulator'], {}),
];

// Addresses are unsigned there, and a kernel that compares them as signed numbers would do nothing, or run on.
test('kernels give the same bits on both sides of 2 GB, and across', async () => {
  const { host } = await startAfresh({ threads: 1 }, false);
  expect(hostOf(backend())).toBe(host);
  const wasm = backend() as BackendWasm;
  const compute = (): Buffer[] =>
    tidy(() =>
      computations.flatMap((each) => each().map((out) => Buffer.from(out.dataSync<'float32'>().buffer))),
    );
  const below = compute();
  const filling = [];
  // Not touched, so that the host gives no memory for it.
  for (let bytes = 2 ** 30; bytes >= 2 ** 12;) {
    const block = wasm.makeOutput([bytes / 4], 'float32');
    if (host.address(block) + bytes > 2 ** 31) {
      wasm.disposeData(block.dataId);
      bytes /= 2;
    } else filling.push(block);
  }
  const probe = wasm.makeOutput([2 ** 20], 'float32');
  expect(host.address(probe) + 2 ** 22).toBeGreaterThan(2 ** 31);
  wasm.disposeData(probe.dataId);
  // So small a block is at 2 GB itself, then the tensors are above.
  compute().forEach((bits, i) => expect(bits.equals(below[i])).toBe(true));
  const above = wasm.makeOutput([2 ** 22], 'float32');
  compute().forEach((bits, i) => expect(bits.equals(below[i])).toBe(true));
  for (const { dataId } of [...filling, above]) wasm.disposeData(dataId);
}, 60_000);
