import { engine, tensor1d, tidy, zeros } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from '../divided.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

const WIDTH = 97;
const ROWS = 23;

interface Sparse {
  readonly indices: Int32Array;
  readonly offsets: Int32Array;
}

function sparseRows(): Sparse {
  const stream = randomStream(1, 'rows');
  const indices: number[] = [];
  const offsets = [0];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < WIDTH; column++) if (stream.uniform() < 0.3) indices.push(column);
    offsets.push(indices.length);
  }
  return { indices: Int32Array.from(indices), offsets: Int32Array.from(offsets) };
}

test.each([1, 4, 15, 16, 17, 50, 64])('rows and blocks of %i units are independent', (units) => {
  const { indices, offsets } = sparseRows();
  const sparse = [new Float32Array(indices.buffer), new Float32Array(offsets.buffer)];
  const [kernel, bias, dz] = [[WIDTH, units], [units], [ROWS, units]].map((shape) => normal(shape, 'given'));
  const out = new Float32Array(ROWS * units);
  expectSameWhenDivided('multiHotDense', [...sparse, kernel, bias, out], [units, 1], ROWS);
  const slope = new Float32Array(WIDTH * units);
  expectSameWhenDivided(
    'multiHotGradient',
    [...sparse, dz, slope],
    [ROWS, units, WIDTH],
    Math.ceil(units / 16),
  );
});

const spoiled: readonly [string, (rows: Sparse) => void, string][] = [
  ['an index too large', ({ indices }) => (indices[9] = WIDTH), 'column 97, but the input is 97 wide'],
  ['a negative index', ({ indices }) => (indices[indices.length - 1] = -3), 'column -3, but'],
  ['offsets that fall', ({ offsets }) => (offsets[3] = 0), 'must rise from 0'],
  ['offsets that do not start at 0', ({ offsets }) => (offsets[0] = 1), 'must rise from 0'],
  ['offsets beyond the indices', ({ offsets }) => (offsets[ROWS] += 1), 'must rise from 0'],
];

test.each(spoiled)('refuses %s, forward and backward', (_, spoil, message) => {
  const rows = sparseRows();
  spoil(rows);
  tidy(() => {
    const sparse = { indices: tensor1d(rows.indices, 'int32'), offsets: tensor1d(rows.offsets, 'int32') };
    const forward = { ...sparse, kernel: zeros([WIDTH, 2]) };
    expect(() => engine().runKernel('WellfitMultiHotDense', forward, { activation: 'linear' })).toThrow(
      message,
    );
    const backward = { ...sparse, dz: zeros([ROWS, 2]) };
    expect(() => engine().runKernel('WellfitMultiHotGradient', backward, { width: WIDTH })).toThrow(message);
  });
});
