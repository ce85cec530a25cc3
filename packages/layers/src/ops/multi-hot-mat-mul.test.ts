import { grad, matMul, mul, sum, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { randomStream, type MultiHot } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { multiHotMatMul } from './multi-hot-mat-mul.js';

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
        const [value, expected] = [multiHotMatMul(sparse, kernel), matMul(twin, kernel)];
        expect(value.shape).toEqual([ROWS.length, units]);
        expected.dataSync().forEach((entry, i) => expect(value.dataSync()[i]).toBeCloseTo(entry, 5));

        const gradient = grad((w) => sum(mul(multiHotMatMul(sparse, w as Tensor2D), weighting)))(kernel);
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
      expect(() => multiHotMatMul(sparse, kernel)).toThrow(
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
      expect(multiHotMatMul(none, randomMatrix(WIDTH, 2)).shape).toEqual([0, 2]);
    });
  });
});
