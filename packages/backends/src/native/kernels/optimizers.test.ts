import { memory, setBackend, tensor, tidy, variable, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { adam, rmsprop, WeightSlots, type Optimizer } from '@wellfit/core';
import { optimizerCases } from '@wellfit/testing';
import { expectClose, normalTensor, onNative, useNative } from './native-kernels.test-support.js';

useNative();

const shapes = [[1], [3], [67, 33], [0]];

/** All weights and the optimizer's state after some steps with changing rates on one backend, and all once more later. */
async function train(backend: string, create: () => Optimizer): Promise<Float32Array[]> {
  await setBackend(backend);
  const optimizer = create();
  const weights = tidy(() => shapes.map((shape) => variable(normalTensor(shape, 'weight'))));
  const values: Float32Array[] = [];
  for (let step = 1; step <= 5; step++) {
    tidy(() =>
      optimizer.update(
        weights,
        shapes.map((shape) => normalTensor(shape, `gradient ${step}`)),
      ),
    );
    optimizer.learningRate *= 0.9;
    if (step < 3) continue;
    // Read between steps: what was read must not stay what is read.
    const all: Tensor[] = [...weights, ...optimizer.state()];
    values.push(...all.map((t) => Float32Array.from(t.dataSync())));
  }
  optimizer.dispose();
  weights.forEach((weight) => weight.dispose());
  await setBackend('tensorflow');
  return values;
}

for (const [name, create] of Object.entries(optimizerCases)) {
  onNative(`${name} steps as composed on cpu`, async () => {
    // TensorFlow takes beta2 from 1 in float32, so its share of the new squares is 1.3e-5 off at 0.999.
    const tolerance = name.startsWith('adam') ? 2e-5 : 2e-6;
    expectClose(await train('tensorflow', create), await train('cpu', create), tolerance);
  });
}

onNative('neither clones, nor kept weights, nor what a weight was assigned change with it', () => {
  const weight = tidy(() => variable(tensor([1, -2, 3])));
  const slots = new WeightSlots({ weights: [{ name: 'w', variable: weight, trainable: true }] });
  const optimizer = adam({ learningRate: 0.1 });
  const step = (): void => tidy(() => optimizer.update([weight], [tensor([1, 0.5, -2])]));
  step();
  slots.keep('first', 1);
  const clone = weight.clone();
  const first = [...weight.dataSync()];
  step();
  step();
  const third = [...weight.dataSync()];
  expect(third).not.toEqual(first);
  expect([...clone.dataSync()]).toEqual(first);
  slots.restore('first');
  expect([...weight.dataSync()]).toEqual(first);
  step();
  expect([...weight.dataSync()]).not.toEqual(first);
  expect([...clone.dataSync()]).toEqual(first);

  const given = tensor([4, 5, 6]);
  weight.assign(given);
  step();
  expect([...given.dataSync()]).toEqual([4, 5, 6]);
  [weight, slots, optimizer, clone, given].forEach((owner) => owner.dispose());
});

onNative('variables end with their tensors', () => {
  const { numDataBuffers } = memory();
  for (let round = 0; round < 3; round++) {
    const weight = tidy(() => variable(zeros([256, 256])));
    const optimizer = rmsprop();
    tidy(() => optimizer.update([weight], [zeros([256, 256])]));
    optimizer.dispose();
    weight.dispose();
  }
  expect(memory().numDataBuffers).toBe(numDataBuffers);
});
