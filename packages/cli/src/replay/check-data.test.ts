import { checkData } from './check-data.js';

const ready = (sha256: Readonly<Record<string, string>>, dataset = 'mnist') => ({
  type: 'dataset:ready' as const,
  dataset,
  sizes: {},
  provenance: { source: '', licence: '', sha256 },
});

test('the same files, files that were not recorded, and generated data may be used', () => {
  const recorded = [ready({ a: '1', b: '2' })];
  checkData(recorded, ready({ a: '1', b: '2' }));
  checkData(recorded, ready({ a: '1', c: '3' }));
  checkData(recorded, ready({ a: '9' }, 'other'));
  checkData([ready({})], ready({}));
});

test('another file is refused by the name of dataset and file', () => {
  expect(() => checkData([ready({ a: '1', b: '2' })], ready({ a: '1', b: '3' }))).toThrow(
    /The data of mnist is not that of the recorded run: b has SHA-256 3 here, and 2 is recorded/,
  );
});
