import {
  dispose,
  grad,
  grads,
  matMul,
  mul,
  reshape,
  setBackend,
  sum,
  tensor2d,
  tidy,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { randomStream, type MultiHot } from '@wellfit/core';
import { checkGradient, expectNoLeak, useBackend } from '@wellfit/testing';
import { fusedMultiHotDense, type MultiHotDenseWeights } from './fused-multi-hot-dense.js';

const ROWS: readonly number[][] = [[0, 2, 5], [], [1], [0, 1, 2, 3, 4, 5], [5]];
const WIDTH = 6;

const sparse: MultiHot = {
  kind: 'multi-hot',
  indices: Int32Array.from(ROWS.flat()),
  offsets: Int32Array.from(ROWS.reduce((ends, row) => [...ends, ends[ends.length - 1] + row.length], [0])),
  width: WIDTH,
};

const denseTwin = (): Tensor2D =>
  tensor2d(ROWS.map((row) => Array.from({ length: WIDTH }, (_, column) => (row.includes(column) ? 1 : 0))));

function randomMatrix(rows: number, columns: number): Tensor2D {
  const stream = randomStream(1, `test/${rows}x${columns}`);
  return tensor2d(Float32Array.from({ length: rows * columns }, stream.normal), [rows, columns]);
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  test.each([1, 3, 16])('equals the dense product with %i units, forward and gradient', async (units) => {
    await expectNoLeak(() => {
      tidy(() => {
        const kernel = randomMatrix(WIDTH, units);
        const weighting = randomMatrix(ROWS.length, units);
        const twin = denseTwin();
        const [value, expected] = [fusedMultiHotDense(sparse, { kernel }), matMul(twin, kernel)];
        expect(value.shape).toEqual([ROWS.length, units]);
        expected.dataSync().forEach((entry, i) => expect(value.dataSync()[i]).toBeCloseTo(entry, 5));

        const gradient = grad((w) => sum(mul(fusedMultiHotDense(sparse, { kernel: w }), weighting)))(kernel);
        const expectedGradient = grad((w) => sum(mul(matMul(twin, w as Tensor2D), weighting)))(kernel);
        expectedGradient
          .dataSync()
          .forEach((entry, i) => expect(gradient.dataSync()[i]).toBeCloseTo(entry, 5));
      });
    });
  });

  test('refuses a kernel of another width', () => {
    tidy(() => {
      const kernel = randomMatrix(WIDTH + 1, 2);
      expect(() => fusedMultiHotDense(sparse, { kernel })).toThrow(
        'A multi-hot input 6 wide does not fit a kernel of 7 rows',
      );
    });
  });

  test('no rows', () => {
    tidy(() => {
      const none: MultiHot = {
        kind: 'multi-hot',
        indices: new Int32Array(0),
        offsets: Int32Array.of(0),
        width: WIDTH,
      };
      const kernel = randomMatrix(WIDTH, 2);
      expect(fusedMultiHotDense(none, { kernel }).shape).toEqual([0, 2]);
      const gradient = grad((w) => sum(fusedMultiHotDense(none, { kernel: w })))(kernel);
      expect([...gradient.dataSync()]).toEqual(new Array(2 * WIDTH).fill(0));
    });
  });

  test.each([
    [3, 6],
    [2, -1],
    [5, 2 ** 31 - 1],
  ])('names the column that is not there: place %i, column %i', (place, index) => {
    tidy(() => {
      const indices = sparse.indices.slice();
      indices[place] = index;
      const kernel = randomMatrix(WIDTH, 3);
      const expected: unknown = expect.objectContaining({
        code: 'bad-index',
        message: `A multi-hot row names column ${index}, but the input is 6 wide: columns count from 0.`,
      });
      expect(() => fusedMultiHotDense({ ...sparse, indices }, { kernel })).toThrow(expected as Error);
    });
  });

  test('finite differences, with bias and relu', () => {
    const kernel = randomMatrix(WIDTH, 5);
    const bias = tidy(() => reshape(randomMatrix(1, 5), [5]));
    const weighting = randomMatrix(ROWS.length, 5);
    const loss = (weights: MultiHotDenseWeights): Scalar =>
      sum(mul(fusedMultiHotDense(sparse, weights, 'relu'), weighting));
    checkGradient((w) => loss({ kernel: w, bias }), kernel);
    checkGradient((b) => loss({ kernel, bias: b }), bias);
    dispose([kernel, bias, weighting]);
  });
});

describe('the kernel against the composed form on the cpu backend', () => {
  useBackend('wasm');

  test.each([1, 2, 3, 5, 16, 31, 64, 67])('%i units, random rows', async (units) => {
    const width = 211;
    const stream = randomStream(1, `rows/${units}`);
    const rows = Array.from({ length: 37 }, () =>
      Array.from({ length: width }, (_, column) => column).filter(() => stream.uniform() < 0.2),
    );
    const offsets = rows.reduce((ends, row) => [...ends, ends[ends.length - 1] + row.length], [0]);
    const x: MultiHot = {
      kind: 'multi-hot',
      indices: Int32Array.from(rows.flat()),
      offsets: Int32Array.from(offsets),
      width,
    };
    const run = (): Float32Array[] =>
      tidy(() => {
        const kernel = randomMatrix(width, units);
        const bias = reshape(randomMatrix(1, units), [units]);
        const weighting = randomMatrix(rows.length, units);
        const y = fusedMultiHotDense(x, { kernel, bias }, 'relu');
        const slopes = grads((w: Tensor, b: Tensor) =>
          sum(mul(fusedMultiHotDense(x, { kernel: w, bias: b }, 'relu'), weighting)),
        )([kernel, bias]);
        return [y, ...slopes].map((tensor) => tensor.dataSync<'float32'>().slice());
      });
    const got = run();
    await setBackend('cpu');
    const expected = run();
    await setBackend('wasm');
    expected.forEach((values, k) => values.forEach((value, i) => expect(got[k][i]).toBeCloseTo(value, 4)));
  });

  test('NaN and infinity reach the rows that name them, and no others', () => {
    tidy(() => {
      const values = new Float32Array(WIDTH * 3).fill(1);
      values[2 * 3] = NaN;
      values[5 * 3 + 1] = -Infinity;
      const kernel = tensor2d(values, [WIDTH, 3]);
      expect(fusedMultiHotDense(sparse, { kernel }).arraySync()).toEqual([
        [NaN, -Infinity, 3],
        [0, 0, 0],
        [1, 1, 1],
        [NaN, -Infinity, 6],
        [1, -Infinity, 1],
      ]);
    });
  });
});
