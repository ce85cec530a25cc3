import { randomStream } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { batchNormalization } from './batch-normalization.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { flatten } from './flatten.js';
import { glorotUniform } from './initializers/index.js';
import { maxPool2d } from './max-pool2d.js';
import { sequential } from './sequential.js';
import { kerasConvolution } from './test-support/keras-convolution.js';

useBackend();

test('prints what Keras prints', () => {
  const kernelInitializer = glorotUniform();
  const model = sequential({
    name: 'mlp',
    shapes: { inputKind: 'multi-hot', inputShape: [10_000], outputs: 1, outputActivation: 'sigmoid' },
    random: (purpose) => randomStream(1, purpose),
    layers: [
      dense({ name: 'hidden_1', units: 16, activation: 'relu', role: 'hidden', kernelInitializer }),
      batchNormalization({ name: 'hidden_1_norm' }),
      dense({ name: 'output', units: 1, role: 'output', kernelInitializer }),
    ],
  });
  // Printed by Keras 3.15 for the same layers (`model.summary()` on a terminal of 80 columns).
  expect(model.summary()).toBe(`Model: "mlp"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ hidden_1 (Dense)                │ (None, 16)             │       160,016 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ hidden_1_norm                   │ (None, 16)             │            64 │
│ (BatchNormalization)            │                        │               │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ output (Dense)                  │ (None, 1)              │            17 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 160,097 (625.38 KB)
 Trainable params: 160,065 (625.25 KB)
 Non-trainable params: 32 (128.00 B)`);
  model.dispose();
});

test('prints what Keras prints of the network for CIFAR-10', () => {
  const base = { kernelInitializer: glorotUniform(), role: 'hidden', activation: 'relu' } as const;
  const model = sequential({
    name: 'cnn',
    shapes: { inputKind: 'dense', inputShape: [32, 32, 3], outputs: 10, outputActivation: 'softmax' },
    random: (purpose) => randomStream(1, purpose),
    layers: [
      ...[32, 64, 128].flatMap((filters, block) => [
        ...[1, 2].map((i) =>
          conv2d({ ...base, name: `conv_${block + 1}_${i}`, filters, kernelSize: 3, padding: 'same' }),
        ),
        maxPool2d({ name: `pool_${block + 1}` }),
      ]),
      flatten({ name: 'flatten' }),
      dense({ ...base, name: 'dense_1', units: 256 }),
      dense({ name: 'output', units: 10, kernelInitializer: glorotUniform(), role: 'output' }),
    ],
  });
  expect(model.summary()).toBe(kerasConvolution.cifarSummary);
  model.dispose();
});

test('a name of several words stays whole where it needs a line of its own', () => {
  const model = sequential({
    name: 'mlp',
    shapes: { inputKind: 'dense', inputShape: [2], outputs: 1, outputActivation: 'linear' },
    random: (purpose) => randomStream(1, purpose),
    layers: [
      dense({
        name: 'a layer with quite a long name',
        units: 1,
        role: 'output',
        kernelInitializer: glorotUniform(),
      }),
    ],
  });
  expect(model.summary()).toContain('│ a layer with quite a long name  │');
  model.dispose();
});
