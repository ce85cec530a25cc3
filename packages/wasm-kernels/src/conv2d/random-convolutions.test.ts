import '@tensorflow/tfjs-layers';
import {
  cast,
  conv2d,
  fused,
  grads,
  isFinite,
  mul,
  sum,
  tensor,
  tidy,
  type Rank,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { expectSameBits } from '../same-bits.test-support.js';
import { expectSameAsCpu, normal } from '../same-as-cpu.test-support.js';
import type { ConvCase } from './conv-cases.test-support.js';

useBackend('wasm');

interface Drawn extends ConvCase {
  readonly dilations: number;
}

/** Drawn until the window fits into the image. */
function draw(name: string, mostChannels: number): Drawn {
  const stream = randomStream(3, name);
  const upTo = (most: number): number => 1 + Math.floor(most * stream.uniform());
  for (;;) {
    const [height, width, rows, columns] = [upTo(12), upTo(12), upTo(5), upTo(5)];
    const [channels, filters] = [upTo(mostChannels), upTo(20)];
    const dilations = stream.uniform() < 0.3 ? 2 : 1;
    // TensorFlow.js has one or the other.
    const strides: [number, number] = dilations > 1 ? [1, 1] : [upTo(3), upTo(3)];
    const pads = ['same', 'valid', 1] as const;
    const pad = pads[Math.floor(3 * stream.uniform())];
    const fits = height >= (rows - 1) * dilations + 1 && width >= (columns - 1) * dilations + 1;
    if (!fits) continue;
    return {
      input: [upTo(3), height, width, channels],
      filter: [rows, columns, channels, filters],
      strides,
      pad,
      dilations,
    };
  }
}

const cases = [
  ...Array.from({ length: 30 }, (_, i) => draw(`convolution ${i}`, 20)),
  // Windows so small that they are copied.
  ...Array.from({ length: 15 }, (_, i) => draw(`small window ${i}`, 3)),
];

const given = ({ input, filter }: ConvCase) => [
  { values: normal(input, 'x'), shape: input },
  { values: normal(filter, 'w'), shape: filter },
  { values: normal([filter[3]], 'bias'), shape: [filter[3]] },
];

const forward = (
  { strides, pad, dilations }: Drawn,
  [x, filter, bias]: Tensor[],
  activation: 'linear' | 'relu',
): Tensor =>
  fused.conv2d({
    x: x as Tensor4D,
    filter: filter as Tensor4D,
    bias: bias,
    strides,
    pad,
    dilations,
    activation,
  });

test.each(cases)('forward agrees with the cpu backend: %j', async (drawn) => {
  await expectSameAsCpu((inputs) => forward(drawn, inputs, 'relu'), given(drawn));
});

// TensorFlow.js has no gradients with dilations.
const differentiable = cases.filter(({ dilations }) => dilations === 1);

function gradients({ strides, pad }: Drawn, [x, filter]: Tensor[]): Tensor[] {
  return grads((image, window) => {
    const out = conv2d(image as Tensor4D, window as Tensor4D, strides, pad);
    return sum(mul(out, tensor(normal([out.size], 'dy'), out.shape)));
  })([x, filter]);
}

describe.each(['by the input', 'by the filter'])('gradient %s', (by) => {
  const which = by === 'by the input' ? 0 : 1;
  test.each(differentiable)('agrees with the cpu backend: %j', async (drawn) => {
    await expectSameAsCpu((inputs) => gradients(drawn, inputs)[which], given(drawn).slice(0, 2));
  });
});

/** So many that the gradient by the filter has several sums, the last of fewer places. */
const manyPlaces: Drawn = {
  input: [9, 16, 16, 3],
  filter: [3, 3, 3, 5],
  strides: [1, 1],
  pad: 'same',
  dilations: 1,
};

test('the gradient by the filter over many places agrees with the cpu backend', async () => {
  await expectSameAsCpu((inputs) => gradients(manyPlaces, inputs)[1], given(manyPlaces).slice(0, 2));
});

const larger: Drawn[] = [
  { input: [3, 9, 7, 5], filter: [3, 3, 5, 9], strides: [2, 1], pad: 'same', dilations: 1 },
  { input: [2, 9, 9, 20], filter: [3, 3, 20, 24], strides: [1, 1], pad: 'same', dilations: 1 },
  manyPlaces,
  // So many channels that not all tiles fit into the memory of a thread at a time.
  { input: [5, 8, 8, 160], filter: [3, 3, 160, 128], strides: [1, 1], pad: 'same', dilations: 1 },
];

test.each(larger)('has the same bits however it is divided: %j', (drawn) => {
  const inputs = (): Tensor[] => given(drawn).map(({ values, shape }) => tensor(values, shape));
  expectSameBits(() => forward(drawn, inputs(), 'relu'));
  expectSameBits(() => gradients(drawn, inputs())[0]);
  expectSameBits(() => gradients(drawn, inputs())[1]);
});

test.each([0, 1])('no images: batch %i', async (images) => {
  const drawn: Drawn = {
    input: [images, 4, 4, 2],
    filter: [3, 3, 2, 3],
    strides: 1,
    pad: 'same',
    dilations: 1,
  };
  await expectSameAsCpu((inputs) => forward(drawn, inputs, 'linear'), given(drawn));
  for (const which of [0, 1]) {
    await expectSameAsCpu((inputs) => gradients(drawn, inputs)[which], given(drawn).slice(0, 2));
  }
});

/** Where a value that is not finite may be seen: in every window that covers it, as on the cpu backend. */
test.each([NaN, Infinity])('%p in an image reaches the windows that cover it and no other', async (value) => {
  const input = [1, 6, 6, 3];
  const values = normal(input, 'x');
  values[3 * (6 * 2 + 3) + 1] = value;
  const filter = { values: normal([3, 3, 3, 4], 'w'), shape: [3, 3, 3, 4] };
  const finite = await expectSameAsCpu(
    ([x, w]) => cast(isFinite(conv2d(x as Tensor4D, w as Tensor4D, 1, 'same')), 'float32'),
    [{ values, shape: input }, filter],
  );
  expect(finite.filter((is) => is === 0)).toHaveLength(9 * 4);
});

test.each([NaN, Infinity])('by Winograd, %p reaches all windows of its tiles, and no other', (value) => {
  const [size, channels, row] = [12, 16, 5];
  const values = normal([1, size, size, channels], 'x');
  values[channels * (row * size + row)] = value;
  const finite = tidy(() => {
    const x = tensor<Rank.R4>(values, [1, size, size, channels]);
    const w = tensor<Rank.R4>(normal([3, 3, channels, 16], 'w'), [3, 3, channels, 16]);
    return cast(isFinite(conv2d(x, w, 1, 'same')), 'int32').dataSync();
  });
  finite.forEach((is, i) => {
    const [y, x] = [Math.floor(i / 16 / size), Math.floor(i / 16) % size];
    const distance = Math.max(Math.abs(y - row), Math.abs(x - row));
    if (distance <= 1) expect(is).toBe(0);
    if (distance > 2) expect(is).toBe(1);
  });
});

test('a filter that is not finite meets zeros beyond the border, where the cpu backend has nothing', () => {
  const shape: [number, number, number, number] = [1, 3, 3, 1];
  const filter = new Float32Array(9).fill(1);
  filter[0] = Infinity;
  const x = tensor<Rank.R4>(new Float32Array(9).fill(1), shape);
  const w = tensor<Rank.R4>(filter, [3, 3, 1, 1]);
  const out = conv2d(x, w, 1, 'same');
  // The tap above left of the first pixel is 0 x infinity.
  expect([...out.dataSync()]).toEqual([NaN, NaN, NaN, NaN, Infinity, Infinity, NaN, Infinity, Infinity]);
  for (const used of [x, w, out]) used.dispose();
});
