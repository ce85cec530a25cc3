import { env, grad, scalar, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { losses, type LossName } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');
afterEach(() => setBackend('wasm'));

interface Case {
  readonly loss: LossName;
  readonly shape: [rows: number, columns: number];
  readonly logits: Float32Array;
  readonly targets: Float32Array;
  readonly targetShape: number[];
}

interface Result {
  readonly value: number;
  readonly slopes: Float32Array;
}

/** Value and gradient on one backend. */
async function compute(
  backend: string,
  { loss, shape, logits, targets, targetShape }: Case,
): Promise<Result> {
  await setBackend(backend);
  // On its first use the cpu backend advises, on the console, to install another one.
  env().set('IS_TEST', true);
  scalar(0).dispose();
  env().set('IS_TEST', false);
  const results: Result[] = [];
  tidy(() => {
    const [z, y] = [tensor(logits, shape), tensor(targets, targetShape)];
    const [value] = losses[loss].compute(z, y).dataSync();
    results.push({ value, slopes: grad((x) => losses[loss].compute(x, y))(z).dataSync<'float32'>() });
  });
  return results[0];
}

const sizes: [number, number][] = [
  [1, 1],
  [1, 7],
  [3, 4],
  [5, 10],
  [64, 3],
  [129, 10],
  [33, 67],
  [700, 2],
];
const cases: Case[] = sizes.flatMap((shape) => {
  const [rows, columns] = shape;
  const logits = normal(shape, 'logits').map((z) => 6 * z);
  const random = normal(shape, 'targets');
  const bits = random.map((x) => (x > 0 ? 1 : 0));
  // Weights that sum to 1 in each row.
  const shares = random.map((x, i) => {
    const row = random.subarray(i - (i % columns), i - (i % columns) + columns);
    return x ** 2 / row.reduce((sum, other) => sum + other ** 2, 0);
  });
  const ids = Float32Array.from({ length: rows }, (_, row) => (7 * row) % columns);
  return [
    { loss: 'binary-crossentropy', shape, logits, targets: bits, targetShape: shape },
    { loss: 'mean-squared-error', shape, logits, targets: random, targetShape: shape },
    { loss: 'categorical-crossentropy', shape, logits, targets: shares, targetShape: shape },
    ...(columns > 1
      ? [{ loss: 'categorical-crossentropy' as const, shape, logits, targets: ids, targetShape: [rows, 1] }]
      : []),
  ];
});

test.each(cases)(
  '$loss of $shape, targets $targetShape, is as composed on the cpu backend',
  async (given) => {
    const expected = await compute('cpu', given);
    const got = await compute('wasm', given);
    expect(Math.abs(got.value - expected.value)).toBeLessThanOrEqual(
      4e-7 * Math.max(1, Math.abs(expected.value)),
    );
    const scale = expected.slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
    got.slopes.forEach((slope, i) =>
      expect(Math.abs(slope - expected.slopes[i])).toBeLessThanOrEqual(3e-7 * scale),
    );
  },
);

test.each(cases)('$loss of $shape, targets $targetShape, is the mean in float64', async (given) => {
  const { value } = await compute('wasm', given);
  const expected = reference(given);
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(2e-7 * Math.max(1e-3, Math.abs(expected)));
});

/** Also of what is infinite or not a number. */
function expectClose(value: number, expected: number): void {
  if (Number.isFinite(expected)) expect(value).toBeCloseTo(expected, 5);
  else expect(value).toBe(expected);
}

/** The losses by their definitions, in float64. */
function reference({ loss, shape: [rows, columns], logits, targets }: Case): number {
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const z = Array.from(logits.subarray(row * columns, (row + 1) * columns));
    const sparse = targets.length === rows && columns > 1;
    const y = z.map((_, i) => (sparse ? Number(targets[row] === i) : targets[row * columns + i]));
    if (loss === 'categorical-crossentropy') {
      const most = Math.max(...z);
      const logSum = Math.log(z.reduce((sum, x) => sum + Math.exp(x - most), 0));
      total -= z.reduce((sum, x, i) => sum + y[i] * (x - most - logSum), 0);
    } else if (loss === 'binary-crossentropy') {
      total += z.reduce(
        (sum, x, i) => sum + Math.max(x, 0) - x * y[i] + Math.log1p(Math.exp(-Math.abs(x))),
        0,
      );
    } else {
      total += z.reduce((sum, x, i) => sum + (x - y[i]) ** 2, 0);
    }
  }
  return total / (loss === 'categorical-crossentropy' ? rows : rows * columns);
}

test('the loss of a sure and right answer keeps its digits', async () => {
  const given = { shape: [1, 1] as [number, number], targetShape: [1, 1], targets: Float32Array.of(1) };
  for (const z of [10, 20, 40, 80]) {
    const { value } = await compute('wasm', {
      ...given,
      loss: 'binary-crossentropy',
      logits: Float32Array.of(z),
    });
    expect(value / Math.log1p(Math.exp(-z))).toBeCloseTo(1, 6);
  }
});

test.each([
  ['categorical-crossentropy', [100, 0, 9, 1], [1, 0, 0, 0]],
  ['categorical-crossentropy', [100, 0, 9, 1], [0]],
  ['binary-crossentropy', [-100, 100, -90, -95, -99], [0, 1, 0, 0, 0]],
] as const)('%s of %j, where the network is sure, has no denormal slopes', async (loss, logits, targets) => {
  const { slopes } = await compute('wasm', {
    loss,
    shape: [1, logits.length],
    logits: Float32Array.from(logits),
    targets: Float32Array.from(targets),
    targetShape: [1, targets.length],
  });
  // Not toEqual, which tells 0 from -0.
  expect(slopes.every((slope) => slope === 0)).toBe(true);
});

describe('logits that are infinite or not numbers give what the composed losses give', () => {
  const strange = [NaN, Infinity, -Infinity, 3e38, -3e38, 1e-42];
  const rows = strange.map((value) => Float32Array.of(0.5, value, -1, 2, 1));
  const found = Object.keys(losses).flatMap((loss) =>
    rows.map((logits) => ({ loss: loss as LossName, logits })),
  );

  test.each(found)('$loss of $logits', async ({ loss, logits }) => {
    const forms = [Float32Array.of(0, 1, 0, 0, 0), Float32Array.of(1, 0, 0, 0, 0)];
    if (loss === 'categorical-crossentropy') forms.push(Float32Array.of(1), Float32Array.of(4));
    for (const targets of forms) {
      const given: Case = { loss, shape: [1, 5], logits, targets, targetShape: [1, targets.length] };
      const [expected, got] = [await compute('cpu', given), await compute('wasm', given)];
      expectClose(got.value, expected.value);
      got.slopes.forEach((slope, i) => expectClose(slope, expected.slopes[i]));
    }
  });
});

test.each([
  ['softmaxCrossEntropy', 300, 10, 5, (rows: number, columns: number) => [rows, columns]],
  ['binaryCrossEntropy', 4101, 1, 5, (rows: number) => [rows, 1 / rows]],
  ['squaredError', 4101, 1, 5, (rows: number) => [rows, 2 / rows]],
] as const)(
  '%s: however the rows are divided, the bits are the same',
  (name, rows, columns, grains, numbers) => {
    const size = rows * columns;
    const tensors = ['z', 'y', 'slopes'].map((purpose) => normal([size], purpose));
    tensors.push(new Float32Array(2 * grains));
    // Class numbers or weights: where they are not sparse, a flag stands between targets and slopes.
    expectSameWhenDivided(
      name,
      tensors,
      numbers(rows, columns),
      grains,
      name === 'softmaxCrossEntropy' ? [2, 0] : undefined,
    );
  },
);
