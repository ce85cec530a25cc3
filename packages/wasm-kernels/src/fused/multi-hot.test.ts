import { backend, tensor, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { randomStream, runKernel } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from '../same-bits.test-support.js';
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
  const chosen = new Float32Array(Uint32Array.from({ length: ROWS }, (_, row) => (7 * row) % ROWS).buffer);
  const out = new Float32Array(ROWS * units);
  expectSameWhenDivided('multiHotDense', [...sparse, chosen, kernel, bias, out], [units, 1], ROWS);
  const slope = new Float32Array(WIDTH * units);
  expectSameWhenDivided(
    'multiHotGradient',
    [...sparse, chosen, dz, slope],
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

interface Batch {
  readonly matrix: Sparse;
  readonly chosen?: Uint32Array;
}

const forward = (batch: Batch, kernel: Tensor): Tensor =>
  runKernel('WellfitMultiHotDense', { kernel }, { activation: 'linear', width: WIDTH, ...batch })[0];
const backward = (batch: Batch, dz: Tensor): Tensor =>
  runKernel('WellfitMultiHotGradient', { dz }, { width: WIDTH, ...batch })[0];

function shared({ indices, offsets }: Sparse): Sparse {
  const copy = new Int32Array(new SharedArrayBuffer(indices.byteLength));
  copy.set(indices);
  return { indices: copy, offsets };
}

test.each([
  ['one after the other', Uint32Array.of(3, 4, 5, 6)],
  ['here and there, also twice', Uint32Array.of(22, 0, 7, 8, 7, 1)],
  ['none', Uint32Array.of()],
])('rows of a shared matrix give the same bits: %s', (_, chosen) => {
  const matrix = sparseRows();
  const [kernel, dz] = [
    [WIDTH, 18],
    [chosen.length, 18],
  ].map((shape, i) => tensor(normal(shape, `given ${i}`), shape as [number, number]));
  tidy(() => {
    const run = (batch: Batch): number[][] =>
      [forward(batch, kernel), backward(batch, dz)].map((x) => [...x.dataSync()]);
    const common = shared(matrix);
    expect(run({ matrix: common, chosen })).toEqual(run({ matrix, chosen }));
    // Another batch in between, and the same again.
    run({ matrix: common, chosen: Uint32Array.of(2, ...chosen.subarray(1)) });
    expect(run({ matrix: common, chosen })).toEqual(run({ matrix, chosen }));
  });
  [kernel, dz].forEach((x) => x.dispose());
});

test('an array of row numbers that is filled anew is another batch of a shared matrix', () => {
  const matrix = sparseRows();
  const common = shared(matrix);
  const chosen = Uint32Array.of(3, 4, 5);
  tidy(() => {
    const kernel = tensor(normal([WIDTH, 2], 'given'), [WIDTH, 2]);
    const run = (rows: Sparse): number[] => [...forward({ matrix: rows, chosen }, kernel).dataSync()];
    expect(run(common)).toEqual(run(matrix));
    chosen.set([9, 1, 7]);
    expect(run(common)).toEqual(run(matrix));
  });
});

test('refuses a batch of a shared matrix with more ones than the heap can hold', () => {
  const ones = 2 ** 20;
  const common = shared({ indices: new Int32Array(ones), offsets: Int32Array.of(0, ones) });
  // As a 32-bit number their count is that of one row.
  const chosen = new Uint32Array(2 ** 12 + 1);
  const kernel = zeros([WIDTH, 2]);
  expect(() => forward({ matrix: common, chosen }, kernel)).toThrow('no room');
  kernel.dispose();
});

test('of a shared matrix only the last batch is on the heap', () => {
  const common = shared(sparseRows());
  const kernel = zeros([WIDTH, 2]);
  const data = (): number => (backend() as BackendWasm).numDataIds();
  const run = (row: number): void =>
    tidy(() => void forward({ matrix: common, chosen: Uint32Array.of(row, 0) }, kernel));
  run(1);
  const before = data();
  for (let row = 0; row < ROWS; row++) run(row);
  expect(data()).toBe(before);
  kernel.dispose();
});

test.each(spoiled)('refuses %s in rows of a shared matrix, again and again', (_, spoil, message) => {
  const matrix = sparseRows();
  spoil(matrix);
  const common = shared(matrix);
  const chosen = Uint32Array.from({ length: ROWS }, (_value, row) => row);
  tidy(() => {
    for (let i = 0; i < 2; i++) {
      expect(() => forward({ matrix: common, chosen }, zeros([WIDTH, 2]))).toThrow(message);
      expect(() => backward({ matrix: common, chosen }, zeros([ROWS, 2]))).toThrow(message);
    }
  });
});

test.each(spoiled)(
  'refuses %s, forward and backward, also in a matrix that would stay',
  (_, spoil, message) => {
    const matrix = sparseRows();
    spoil(matrix);
    tidy(() => {
      for (const chosen of [undefined, Uint32Array.of(1)]) {
        expect(() => forward({ matrix, chosen }, zeros([WIDTH, 2]))).toThrow(message);
        expect(() => backward({ matrix, chosen }, zeros([1, 2]))).toThrow(message);
      }
    });
  },
);

test('refuses rows that the matrix has not', () => {
  const batch = { matrix: sparseRows(), chosen: Uint32Array.of(0, ROWS) };
  tidy(() => {
    expect(() => forward(batch, zeros([WIDTH, 2]))).toThrow(`names row ${ROWS} of a matrix of ${ROWS} rows`);
    expect(() => backward(batch, zeros([2, 2]))).toThrow(`names row ${ROWS} of a matrix of ${ROWS} rows`);
  });
});

test('chosen rows give what all rows give at their places, forward and backward', () => {
  const matrix = sparseRows();
  const chosen = Uint32Array.of(4, 22, 4, 0);
  tidy(() => {
    const kernel = tensor(normal([WIDTH, 5], 'kernel'), [WIDTH, 5]);
    const all = forward({ matrix }, kernel).arraySync() as number[][];
    // Twice: the second time the matrix is there already.
    for (let time = 0; time < 2; time++) {
      const some = forward({ matrix, chosen }, kernel).arraySync() as number[][];
      expect(some).toEqual([...chosen].map((row) => all[row]));
    }
    // Distinct powers of two, so that every sum tells its terms.
    const powers = [1, 2, 4, 8];
    const dz = tensor(powers, [4, 1]);
    const slope = backward({ matrix, chosen }, dz).dataSync();
    const expected = new Float32Array(WIDTH);
    chosen.forEach((row, i) => {
      for (let k = matrix.offsets[row]; k < matrix.offsets[row + 1]; k++)
        expected[matrix.indices[k]] += powers[i];
    });
    expect([...slope]).toEqual([...expected]);
  });
});

// 16,384 columns are as many as a thread has memory for; beyond, it sums where the result lies.
test.each([WIDTH, 16_384, 16_385])('the gradient by %i rows of 16 units and more', (width) => {
  const { indices, offsets } = sparseRows();
  const far = width - WIDTH;
  const matrix = { indices: indices.map((column) => column + far), offsets };
  const units = 35;
  const dz = normal([ROWS, units], 'dz');
  const expected = new Float32Array(width * units);
  for (let row = 0; row < ROWS; row++) {
    for (let k = offsets[row]; k < offsets[row + 1]; k++) {
      const to = matrix.indices[k] * units;
      for (let unit = 0; unit < units; unit++) expected[to + unit] += dz[row * units + unit];
    }
  }
  tidy(() => {
    const attrs = { width, matrix };
    const [slope] = runKernel('WellfitMultiHotGradient', { dz: tensor(dz, [ROWS, units]) }, attrs);
    expect(slope.dataSync()).toEqual(expected);
  });
});

test('matrices that share their indices are told apart', () => {
  const matrix = sparseRows();
  const { indices, offsets } = matrix;
  // All ones in the first row.
  const heaped = { indices, offsets: offsets.map((offset) => (offset > 0 ? indices.length : 0)) };
  tidy(() => {
    const kernel = tensor(normal([WIDTH, 5], 'kernel'), [WIDTH, 5]);
    for (const rows of [matrix, heaped]) {
      const chosen = Uint32Array.of(0, 1, ROWS - 1);
      const all = forward({ matrix: rows }, kernel).arraySync() as number[][];
      expect(forward({ matrix: rows, chosen }, kernel).arraySync()).toEqual(
        [...chosen].map((row) => all[row]),
      );
    }
  });
});

test('a matrix that stays is looked at again for another width', () => {
  const matrix = sparseRows();
  matrix.indices[3] = WIDTH - 1;
  const narrow = { matrix, chosen: Uint32Array.of(0), width: WIDTH - 1, activation: 'linear' };
  tidy(() => {
    forward({ matrix, chosen: Uint32Array.of(0) }, zeros([WIDTH, 2]));
    const kernel = zeros([WIDTH - 1, 2]);
    expect(() => runKernel('WellfitMultiHotDense', { kernel }, narrow)).toThrow('names column 96');
  });
});
