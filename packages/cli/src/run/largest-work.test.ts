import { parseExperiment, planExperiment, type ArmPlan } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { builtinPlugins } from '../plugins/builtin-plugins.js';
import { largestWork } from './largest-work.js';

useBackend('cpu');

async function armsOf(changes: object): Promise<readonly ArmPlan[]> {
  const spec = parseExperiment({
    name: 'small',
    dataset: { name: 'cifar10' },
    model: { name: 'cnn', blocks: [[2]], dense: [] },
    training: { epochs: 1, batchSize: 10 },
    arms: { base: null },
    ...changes,
  });
  return planExperiment(spec, await builtinPlugins()).arms;
}

test('the arm with the most multiplications decides, over a whole batch, without loading any data', async () => {
  const arms = await armsOf({ arms: { base: null, wide: { model: { blocks: [[5]] } }, again: null } });
  expect(await largestWork(arms)).toEqual({ arm: 'wide', multiplications: 10 * 32 * 32 * 27 * 5 });
});

test('multi-hot rows and dense layers have no convolutions', async () => {
  const mlp = { name: 'mlp', units: [3] };
  const reviews = await armsOf({ dataset: { name: 'imdb' }, model: mlp });
  expect(await largestWork(reviews)).toEqual({ arm: 'base', multiplications: 0 });
  const digits = await armsOf({ dataset: { name: 'mnist' }, model: mlp });
  expect(await largestWork(digits)).toEqual({ arm: 'base', multiplications: 0 });
});

test('unknown where data do not say what they are, or a model cannot be built', async () => {
  const [arm] = await armsOf({});
  const { shapes: _, ...silent } = arm.dataset();
  expect(await largestWork([arm, { ...arm, dataset: () => silent }])).toBeUndefined();
  const tooManyPools = await armsOf({ model: { name: 'cnn', blocks: [[1], [1], [1], [1], [1], [1]] } });
  expect(await largestWork(tooManyPools)).toBeUndefined();
});
