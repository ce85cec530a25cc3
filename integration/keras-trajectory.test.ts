import { readFileSync } from 'node:fs';
import { tensor, tensor2d } from '@tensorflow/tfjs-core';
import {
  optimizers,
  randomStream,
  train,
  type Batch,
  type BatchRequest,
  type Dataset,
  type Model,
} from '@wellfit/core';
import { mlp } from '@wellfit/models';
import { l2 } from '@wellfit/regularizers';
import { expectNoLeak, useBackend } from '@wellfit/testing';
import { filter, lastValueFrom, toArray } from 'rxjs';

interface NamedValues {
  readonly name: string;
  readonly shape: number[];
  readonly values: number[];
}

interface Rows {
  readonly inputs: number[][];
  readonly labels: number[];
}

interface Fixture {
  readonly batchSize: number;
  readonly train: Rows;
  readonly validation: Rows;
  readonly initialWeights: NamedValues[];
  readonly runs: readonly {
    readonly optimizer: 'rmsprop' | 'adam';
    readonly options: { readonly learningRate: number };
    readonly l2: number;
    readonly epochs: readonly Record<string, number>[];
    readonly finalWeights: NamedValues[];
  }[];
}

// Whole runs of real Keras: how it came about is in the fixture's first line and in tools/reference/.
const fixture = JSON.parse(
  readFileSync(new URL('keras-trajectory.fixture.json', import.meta.url), 'utf8'),
) as Fixture;

/** Reads in natural order whatever order is asked for: Keras ran without shuffling. */
function unshuffled(sparse: boolean): Dataset {
  const sizes = { train: fixture.train.labels.length, validation: fixture.validation.labels.length, test: 0 };
  return {
    name: 'keras-trajectory',
    task: 'binary-classification',
    inputKind: sparse ? 'multi-hot' : 'dense',
    inputShape: [6],
    targetShape: [1],
    outputs: 1,
    sizes,
    provenance: { source: 'tools/reference/keras-trajectory.py', sha256: {}, licence: 'Apache-2.0' },
    *batches({ split, batchSize }: BatchRequest): Iterable<Batch> {
      const { inputs, labels } = fixture[split as 'train' | 'validation'];
      for (let start = 0; start < labels.length; start += batchSize) {
        const rows = inputs.slice(start, start + batchSize);
        const ones = rows.map((row) => row.flatMap((value, column) => (value === 1 ? [column] : [])));
        yield {
          inputs: sparse
            ? {
                kind: 'multi-hot',
                indices: Int32Array.from(ones.flat()),
                offsets: Int32Array.from(
                  ones.reduce((ends, row) => [...ends, ends.at(-1)! + row.length], [0]),
                ),
                width: 6,
              }
            : tensor2d(rows),
          targets: tensor2d(labels.slice(start, start + batchSize), [rows.length, 1]),
          size: rows.length,
        };
      }
    },
  };
}

function initialModel(): Model {
  const model = mlp({ units: [5, 4] }).build(
    { inputKind: 'dense', inputShape: [6], outputs: 1, outputActivation: 'sigmoid' },
    (purpose) => randomStream(1, purpose),
  );
  fixture.initialWeights.forEach(({ name, shape, values }) => {
    const weight = model.weights.find((candidate) => candidate.name === name)!;
    const initial = tensor(values, shape, 'float32');
    weight.variable.assign(initial);
    initial.dispose();
  });
  return model;
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  useBackend(backend);

  const cases = fixture.runs.flatMap((run) => [true, false].map((sparse) => ({ ...run, sparse })));
  test.each(cases)('$optimizer, l2 $l2, sparse $sparse: logs and weights of Keras', async (expected) => {
    await expectNoLeak(async () => {
      const model = initialModel();
      const optimizer = optimizers[expected.optimizer](expected.options);
      const events = await lastValueFrom(
        train({
          model,
          dataset: unshuffled(expected.sparse),
          optimizer,
          epochs: expected.epochs.length,
          batchSize: fixture.batchSize,
          regularizers: expected.l2 > 0 ? [{ regularizer: l2(expected.l2) }] : [],
        }).pipe(
          filter((event) => event.type === 'epoch:end'),
          toArray(),
        ),
      );
      expected.epochs.forEach((logs, i) => {
        for (const [key, value] of Object.entries(logs)) expect(events[i].logs[key]).toBeCloseTo(value, 5);
      });
      for (const { name, values } of expected.finalWeights) {
        const actual = model.weights.find((weight) => weight.name === name)!.variable.dataSync();
        values.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5));
      }
      optimizer.dispose();
      model.dispose();
    });
  });
});
