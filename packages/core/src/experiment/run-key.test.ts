import { runKey } from './run-key.js';

test('two runs never have the same key, whatever their arms are called, and further fields play no part', () => {
  const keys = ['a', 'a,1', 'a",1', '["a",1]', ''].flatMap((arm) =>
    [1, 11].map((seed) => runKey({ arm, seed })),
  );
  expect(new Set(keys).size).toBe(10);
  const longer = { epoch: 3, seed: 1, arm: 'a' };
  expect(runKey(longer)).toBe(runKey({ arm: 'a', seed: 1 }));
});
