import { matMul, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { randomStream } from '@wellfit/core';
import { expectNoLeak, useBackend } from '@wellfit/testing';

useBackend('wasm');

function random(shape: number[]): Tensor {
  const stream = randomStream(1, `test/${shape.join('x')}`);
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Float32Array.from({ length: size }, () => stream.normal()),
    shape,
  );
}

/** The product by its definition, in double precision. */
function reference(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): number[] {
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const batch = a.size / (aRows * aColumns);
  const [m, k, n] = [
    transposeA ? aColumns : aRows,
    transposeA ? aRows : aColumns,
    transposeB ? bRows : bColumns,
  ];
  const [x, y] = [a.dataSync(), b.dataSync()];
  const out: number[] = [];
  for (let s = 0; s < batch; s++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) {
          const left = x[s * m * k + (transposeA ? l * m + i : i * k + l)];
          sum += left * y[s * k * n + (transposeB ? j * k + l : l * n + j)];
        }
        out.push(sum);
      }
    }
  }
  return out;
}

describe.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])('matMul, transposeA %s, transposeB %s', (transposeA, transposeB) => {
  test.each([
    [[], 5, 7, 3],
    [[], 1, 9, 1],
    [[2], 4, 3, 6],
  ])('batch %j, %i x %i x %i', async (batch, m, k, n) => {
    await expectNoLeak(() => {
      const a = random([...batch, ...(transposeA ? [k, m] : [m, k])]);
      const b = random([...batch, ...(transposeB ? [n, k] : [k, n])]);
      const product = matMul(a, b, transposeA, transposeB);
      expect(product.shape).toEqual([...batch, m, n]);
      const expected = reference(a, b, transposeA, transposeB);
      product.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
      for (const used of [a, b, product]) used.dispose();
    });
  });
});
