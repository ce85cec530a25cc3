import { add, matMul, relu, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream, runKernel, type MultiHot } from '@wellfit/core';
import { expectClose, normalTensor, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

const WIDTH = 41;
const UNITS = 5;
const ROWS = 13;

/** Rows of about a third ones; some of none. */
function sparseRows(): MultiHot {
  const stream = randomStream(1, 'rows');
  const indices: number[] = [];
  const offsets = [0];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < WIDTH && row % 6 !== 5; column++)
      if (stream.uniform() < 0.3) indices.push(column);
    offsets.push(indices.length);
  }
  return {
    kind: 'multi-hot',
    indices: Int32Array.from(indices),
    offsets: Int32Array.from(offsets),
    width: WIDTH,
  };
}

/** The rows as a matrix of noughts and ones. */
function dense({ indices, offsets }: MultiHot, chosen: ArrayLike<number>): Tensor {
  const values = new Float32Array(chosen.length * WIDTH);
  Array.from(chosen).forEach((row, i) => {
    for (let k = offsets[row]; k < offsets[row + 1]; k++) values[i * WIDTH + indices[k]] = 1;
  });
  return tensor(values, [chosen.length, WIDTH]);
}

const all = Uint32Array.from({ length: ROWS }, (_, row) => row);

for (const chosen of [undefined, Uint32Array.of(4, 12, 4, 0, 5)]) {
  onNative(`${chosen ? 'chosen' : 'all'} rows, forward and backward, as a dense matrix on cpu`, async () => {
    const matrix = sparseRows();
    const attrs = { matrix, chosen, width: WIDTH };
    const rows = chosen ?? all;
    const given = (): Record<'kernel' | 'bias' | 'dz', Tensor> => ({
      kernel: normalTensor([WIDTH, UNITS], 'kernel'),
      bias: normalTensor([UNITS], 'bias'),
      dz: normalTensor([rows.length, UNITS], 'dz'),
    });
    const got = await valuesOn('tensorflow', () => {
      const { kernel, bias, dz } = given();
      const [y] = runKernel('WellfitMultiHotDense', { kernel, bias }, { ...attrs, activation: 'relu' });
      return [y, ...runKernel('WellfitMultiHotGradient', { dz }, attrs)];
    });
    const expected = await valuesOn('cpu', () => {
      const { kernel, bias, dz } = given();
      const x = dense(matrix, rows);
      return [relu(add(matMul(x, kernel), bias)), matMul(x, dz, true)];
    });
    expectClose(got, expected);
  });
}

onNative('what is wrong is refused, and nothing stays behind', () => {
  const refused = (change: (matrix: MultiHot) => void, chosen?: Uint32Array): unknown => {
    const matrix = sparseRows();
    change(matrix);
    try {
      tidy(() => {
        const kernel = normalTensor([WIDTH, UNITS], 'kernel');
        runKernel('WellfitMultiHotDense', { kernel }, { matrix, chosen, width: WIDTH, activation: 'linear' });
      });
      return 'nothing';
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };
  const one = Uint32Array.of(1);
  for (const chosen of [undefined, one]) {
    expect(refused(() => undefined, chosen)).toBe('nothing');
    expect(refused(({ indices }) => (indices[9] = WIDTH), chosen)).toBe('bad-index');
    expect(refused(({ indices }) => (indices[3] = -1), chosen)).toBe('bad-index');
    expect(refused(({ offsets }) => (offsets[3] = 0), chosen)).toBe('bad-offsets');
    expect(refused(({ offsets }) => (offsets[ROWS] += 1), chosen)).toBe('bad-offsets');
  }
  expect(refused(() => undefined, Uint32Array.of(ROWS))).toBe('bad-row');
});

onNative('batches that follow each other are told apart', async () => {
  const matrix = sparseRows();
  const batches = [Uint32Array.of(0, 1), Uint32Array.of(2, 3), Uint32Array.of(0, 1)];
  const got = await valuesOn('tensorflow', () => {
    const kernel = normalTensor([WIDTH, UNITS], 'kernel');
    const attrs = { matrix, width: WIDTH, activation: 'linear' };
    return batches.map((chosen) => runKernel('WellfitMultiHotDense', { kernel }, { ...attrs, chosen })[0]);
  });
  const expected = await valuesOn('cpu', () =>
    batches.map((chosen) => matMul(dense(matrix, chosen), normalTensor([WIDTH, UNITS], 'kernel'))),
  );
  expectClose(got, expected);
});
