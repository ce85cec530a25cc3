import { errorOf } from '../error-of.test-support.js';
import { splitRows, type RowSplit, type SplitRequest } from './split-rows.js';

const split = (request: Partial<SplitRequest>): RowSplit =>
  splitRows({ dataset: 'mine', rows: 1000, validation: null, train: 1, splitSeed: 1, ...request });

/** Every row once, in one part or the other. */
function expectPartition({ train, validation }: RowSplit, rows: number): void {
  const all = [...train, ...(validation ?? [])].sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: rows }, (_, row) => row));
}

test.each([['test'], [null]] as const)('validation %s sets nothing aside', (validation) => {
  const parts = split({ validation });
  expect(parts.validation).toBeUndefined();
  expectPartition(parts, 1000);
});

test.each([
  [0.3, 300],
  [0.9994, 999],
  [300, 300],
  [1, 1],
])('validation %d sets %i random rows aside', (validation, size) => {
  const parts = split({ validation });
  expect(parts.validation).toHaveLength(size);
  expectPartition(parts, 1000);
  expect(parts.validation).toEqual(parts.validation?.slice().sort());
  if (size > 1) expect(parts.validation).not.toEqual(Uint32Array.from({ length: size }, (_, row) => row));
});

test('the seed alone decides', () => {
  expect(split({ validation: 0.3 })).toEqual(split({ validation: 300 }));
  expect(split({ validation: 0.3, splitSeed: 2 })).not.toEqual(split({ validation: 0.3 }));
});

test('never changes: results on a split stay comparable from version to version', () => {
  expect([...split({ validation: 5 }).validation!]).toEqual([527, 555, 730, 844, 881]);
});

test('smaller training sets are part of larger ones, and validation does not notice', () => {
  const sets = [0.01, 0.03, 0.1, 0.3, 1].map((train) => split({ validation: 0.2, train }));
  expect(sets.map(({ train }) => train.length)).toEqual([8, 24, 80, 240, 800]);
  for (let i = 1; i < sets.length; i++) {
    expect([...sets[i].train]).toEqual(expect.arrayContaining([...sets[i - 1].train]));
    expect(sets[i].validation).toEqual(sets[0].validation);
  }
});

test('may validate on the first rows', () => {
  const parts = split({ validation: 3, train: 500, validateOnFirst: true });
  expect(parts.validation).toEqual(Uint32Array.of(0, 1, 2));
  expect(parts.train).toHaveLength(500);
  expect(parts.train[0]).toBeGreaterThan(2);
  expect(split({ validation: 3, validateOnFirst: true }).train).toEqual(
    Uint32Array.from({ length: 997 }, (_, row) => row + 3),
  );
});

test.each<[Partial<SplitRequest>, string]>([
  [{ validation: 1000 }, 'validation is 1000, and there are only 1000 training rows: none would be left'],
  [{ validation: 0.9999 }, 'validation is 0.9999, and there are only 1000 training rows'],
  [{ validation: 0.0001 }, 'validation is 0.0001 of 1000 training rows: that is not one row'],
  [{ train: 0.0001 }, 'train is 0.0001 of 1000 training rows'],
  [{ validation: 600, train: 401 }, 'train is 401, and there are only 400 training rows left'],
  [{ rows: 1, validation: 0.6 }, 'validation is 0.6, and there are only 1 training rows'],
])('refuses %j, which leaves nothing', (request, message) => {
  const error = errorOf(() => split(request));
  expect(error).toMatchObject({ code: 'bad-split' });
  expect((error as Error).message).toContain(`[dataset mine] ${message}`);
});
