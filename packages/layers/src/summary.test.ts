import { randomStream } from '@wellfit/core';
import { useBackend } from '@wellfit/testing';
import { batchNormalization } from './batch-normalization.js';
import { dense } from './dense.js';
import { glorotUniform } from './initializers/index.js';
import { sequential } from './sequential.js';

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
