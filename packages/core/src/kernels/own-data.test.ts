import { tensor, tidy, variable, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { adam } from '../optimizers/index.js';
import { WeightSlots } from '../train/weight-slots.js';
import { ownData } from './own-data.js';

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  const values = (t: Tensor): number[] => Array.from(t.dataSync());
  const newWeight = (): Variable => tidy(() => variable(tensor([1, -2, 3])));

  test('data that nobody shares stay where they are', () => {
    const weight = newWeight();
    const { dataId } = weight;
    ownData(weight);
    expect(weight.dataId).toBe(dataId);
    weight.dispose();
  });

  test('shared data are copied, with their values and type', async () => {
    await expectNoLeak(() => {
      const weight = newWeight();
      const given = tensor([4, 5, 6]);
      weight.assign(given);
      ownData(weight);
      expect(weight.dataId).not.toBe(given.dataId);
      expect(values(weight)).toEqual([4, 5, 6]);

      const counter = tidy(() => variable(tensor([7], [1], 'int32')));
      const kept = tensor([8], [1], 'int32');
      counter.assign(kept);
      ownData(counter);
      expect(counter.dtype).toBe('int32');
      expect(values(counter)).toEqual([8]);
      [weight, given, counter, kept].forEach((t) => t.dispose());
      expect(given.isDisposed).toBe(true);
    });
  });

  test('variables made of one tensor are trained apart', async () => {
    await expectNoLeak(() => {
      const given = tensor([1, -2, 3]);
      const weights = [variable(given), variable(given)];
      given.dispose();
      const optimizer = adam({ learningRate: 0.1 });
      const step = (): void =>
        tidy(() => optimizer.update(weights, [tensor([1, 1, 1]), tensor([-1, -1, -1])]));
      step();
      step();
      const [down, up] = weights.map(values);
      [1, -2, 3].forEach((start, i) => {
        expect(down[i]).toBeCloseTo(start - 0.2, 5);
        expect(up[i]).toBeCloseTo(start + 0.2, 5);
      });
      [...weights, optimizer].forEach((owner) => owner.dispose());
    });
  });

  test('steps in place change neither clones, nor kept weights, nor what the weight was assigned', async () => {
    await expectNoLeak(() => {
      const weight = newWeight();
      const weights = [{ name: 'w', variable: weight, trainable: true }];
      const slots = new WeightSlots({ weights });
      const clone = weight.clone();
      slots.keep('start', 0);

      /** Trains two steps from the kept weights; the weights and the optimizer's state then. */
      const trainAgain = (): number[][] => {
        slots.restore('start');
        expect(values(weight)).toEqual([1, -2, 3]);
        const optimizer = adam({ learningRate: 0.1 });
        for (let step = 0; step < 2; step++) tidy(() => optimizer.update([weight], [tensor([1, 0.5, -2])]));
        const [, m, v] = optimizer.state();
        const snapshot = [m.clone(), v.clone(), weight.clone()];
        const before = snapshot.map(values);
        tidy(() => optimizer.update([weight], [tensor([1, 0.5, -2])]));
        expect(snapshot.map(values)).toEqual(before);
        expect(values(weight)).not.toEqual(before[2]);
        snapshot.forEach((t) => t.dispose());
        optimizer.dispose();
        return [...before, values(weight)];
      };
      const first = trainAgain();
      expect(trainAgain()).toEqual(first);
      expect(trainAgain()).toEqual(first);
      slots.restore('start');
      expect(values(weight)).toEqual([1, -2, 3]);
      expect(values(clone)).toEqual([1, -2, 3]);

      const given = tensor([4, 5, 6]);
      weight.assign(given);
      const optimizer = adam();
      tidy(() => optimizer.update([weight], [tensor([1, 1, 1])]));
      expect(values(given)).toEqual([4, 5, 6]);
      [weight, clone, given, slots, optimizer].forEach((owner) => owner.dispose());
    });
  });
});
