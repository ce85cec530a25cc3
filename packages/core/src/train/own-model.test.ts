/** Models, penalties and gradients that somebody else wrote train on every backend, kernels or not, to the same weights. */
import {
  add,
  customGrad,
  engine,
  matMul,
  mul,
  square,
  sum,
  tensor,
  tidy,
  variable,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { lastValueFrom } from 'rxjs';
import type { Model, Weight } from '../contracts/model.js';
import type { Regularizer } from '../contracts/regularizer.js';
import { optimizers } from '../optimizers/index.js';
import { noisyDataset } from './test-support/noisy-dataset.js';
import { train } from './train.js';

const owned = (name: string, values: number[], shape: number[], trainable = true): Weight => ({
  name,
  trainable,
  variable: tidy(() => variable(tensor(values, shape))),
});

/** `x . w . w . out + shift`: one weight used twice, one that is not trained, and one that only the penalty knows. */
function ownModel(): Model {
  const w = owned(
    'w',
    Array.from({ length: 16 }, (_, i) => Math.sin(i)),
    [4, 4],
  );
  const out = owned('out', [0.3, -0.5, 0.8, 0.1], [4, 1]);
  const shift = owned('shift', [0.25], [1], false);
  const lonely = owned('lonely', [2, -3], [2]);
  const weights = [w, shift, out, lonely];
  const twice = w.variable as Tensor2D;
  return {
    name: 'own',
    weights,
    sites: [w, lonely].map((weight) => ({ layer: weight.name, kind: 'kernel', role: 'hidden', weight })),
    outputActivation: 'sigmoid',
    config: {},
    forward: (x) =>
      add(matMul(matMul(matMul(x as Tensor2D, twice), twice), out.variable as Tensor2D), shift.variable),
    summary: () => 'own',
    dispose: () => weights.forEach(({ variable }) => variable.dispose()),
  };
}

/** Half the sum of squares, whose gradient is the weight itself: not a copy of it. */
const shrink: Regularizer = {
  name: 'shrink',
  penalty: (weight) =>
    customGrad((w) => ({ value: mul(sum(square(w as Tensor)), 0.5), gradFunc: () => w as Tensor }))(
      weight,
    ) as Scalar,
};

const failing: Regularizer = {
  name: 'failing',
  penalty() {
    throw new Error('no penalty today');
  },
};

const trained = new Map<string, number[]>();

describe.each(['cpu', 'stock-wasm', 'wasm'] as const)('on %s', (backend) => {
  useBackend(backend);

  test.each(Object.keys(optimizers) as (keyof typeof optimizers)[])('%s', async (name) => {
    await expectNoLeak(async () => {
      const model = ownModel();
      const optimizer = optimizers[name]({ learningRate: 0.01 });
      const kept = model.weights.map(({ variable }) => variable.clone());
      const before = kept.map((weight) => Array.from(weight.dataSync()));
      const dataset = noisyDataset();
      await lastValueFrom(
        train({ model, dataset, optimizer, epochs: 3, batchSize: 16, regularizers: [shrink] }),
      );
      expect(kept.map((weight) => Array.from(weight.dataSync()))).toEqual(before);
      const weights = model.weights.flatMap(({ variable }) => Array.from(variable.dataSync()));
      const oracle = trained.get(name) ?? weights;
      trained.set(name, oracle);
      weights.forEach((weight, i) => expect(weight).toBeCloseTo(oracle[i], 4));
      expect(weights.at(-1)).not.toBe(-3);
      [model, optimizer, ...kept].forEach((owner) => owner.dispose());
    });
  });

  test('an error within a step leaves nothing behind, and nothing recording', async () => {
    await expectNoLeak(async () => {
      const model = ownModel();
      const optimizer = optimizers.adam();
      const run = train({
        model,
        dataset: noisyDataset(),
        optimizer,
        epochs: 1,
        batchSize: 16,
        regularizers: [failing],
      });
      await expect(lastValueFrom(run)).rejects.toThrow('[regularizer failing] no penalty today');
      expect(engine().state.gradientDepth).toBe(0);
      [model, optimizer].forEach((owner) => owner.dispose());
    });
  });
});
