import {
  mean,
  mul,
  ones,
  sum,
  tensor,
  tensor2d,
  tidy,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { randomStream, type Regularizer } from '@wellfit/core';
import { checkGradient } from './check-gradient.js';
import { describePlugin, factoryNamed, type PluginContract, type PluginRecord } from './describe-plugin.js';
import { expectNoLeak } from './expect-no-leak.js';
import { useBackend } from './use-backend.js';

/** What {@link describeRegularizer} needs to know. */
export interface RegularizerContract extends PluginContract {
  /** Options to check besides none at all. */
  readonly options?: readonly unknown[];
}

/** Zeros, both signs, small and large; kinks at 0 are exactly on an element or far enough from it. */
const WEIGHTS = [0, 0.5, -0.25, 1.5, -2, 0.05, 0, -0.75, 0.125, -1, 0.3, -0.1];
const NOISE_PURPOSE = 'noise/hidden_1/contract/1';

/**
 * Contract suite of a regularizer, on the wasm and the cpu backend: everything of {@link describePlugin}; penalties
 * are finite scalars at least 0 whose gradient agrees with finite differences; noise keeps shape, type and expectation,
 * depends on nothing but its stream, and is differentiable; nothing leaks.
 *
 * @param record The factories that the package exports.
 * @param name The regularizer's key in it.
 */
export function describeRegularizer(
  record: PluginRecord<Regularizer>,
  name: string,
  { badOptions, options = [] }: RegularizerContract,
): void {
  describePlugin(record, name, { badOptions });
  const create = factoryNamed(record, name);

  test('acts somewhere', () => {
    const regularizer = create();
    expect('penalty' in regularizer || 'noise' in regularizer).toBe(true);
  });

  describe.each(['wasm', 'cpu'] as const)('on the %s backend', (backend) => {
    useBackend(backend);
    describe.each([undefined, ...options])('with options %j', (given) => {
      const regularizer = create(given);
      if (regularizer.penalty) describePenalty((weight) => regularizer.penalty!(weight));
      if (regularizer.noise) describeNoise(regularizer);
    });
  });
}

function describePenalty(penalty: (weight: Tensor) => Scalar): void {
  test.each([[[12]], [[3, 4]], [[3, 2, 1, 2]]])('penalty of shape %j is a finite scalar', async (shape) => {
    await expectNoLeak(() =>
      tidy(() => {
        const value = penalty(tensor(WEIGHTS, shape));
        expect(value.shape).toEqual([]);
        expect(value.dtype).toBe('float32');
        expect(value.dataSync()[0]).toBeGreaterThanOrEqual(0);
        expect(value.dataSync()[0]).toBeLessThan(Infinity);
      }),
    );
  });

  test('penalty has the gradient that finite differences give', async () => {
    await expectNoLeak(() => tidy(() => checkGradient(penalty, tensor2d(WEIGHTS, [3, 4]))));
  });
}

function describeNoise(regularizer: Regularizer): void {
  const noisy = (x: Tensor, seed = 1): Tensor =>
    regularizer.noise!(x, { random: randomStream(seed, NOISE_PURPOSE) });
  const values = (seed: number): number[] => [...tidy(() => noisy(ones([16, 8]), seed).dataSync())];

  test('noise keeps shape and type', async () => {
    await expectNoLeak(() =>
      tidy(() => {
        const x = tensor(WEIGHTS, [3, 2, 2]);
        const { shape, dtype } = noisy(x);
        expect({ shape, dtype }).toEqual({ shape: x.shape, dtype: x.dtype });
      }),
    );
  });

  test('noise is the same for the same stream and another for another', () => {
    const first = values(1);
    const untouched = first.every((value) => value === 1);
    expect(values(1)).toEqual(first);
    if (!untouched) expect(values(2)).not.toEqual(first);
  });

  test('noise keeps the expectation', () => {
    // 16,384 elements: the mean of dropout at rate 0.5 has a standard deviation of 0.008.
    expect(tidy(() => mean(noisy(ones([128, 128]))).dataSync()[0])).toBeCloseTo(1, 1);
  });

  test('noise has the gradient that finite differences give', async () => {
    await expectNoLeak(() =>
      tidy(() => {
        const factors = tensor2d(
          WEIGHTS.map((value) => 1 + value),
          [3, 4],
        );
        checkGradient((x) => sum(mul(noisy(x), factors)), tensor2d(WEIGHTS, [3, 4]));
      }),
    );
  });
}
