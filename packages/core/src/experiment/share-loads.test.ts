import { shareLoads } from './share-loads.js';

test('makes each value once', async () => {
  const share = shareLoads();
  const made: string[] = [];
  const make = (key: string) => () => Promise.resolve(made.push(key) && { key });
  const [a, again, b] = await Promise.all([
    share('a', make('a')),
    share('a', make('a')),
    share('b', make('b')),
  ]);
  expect(again).toBe(a);
  expect(b).toEqual({ key: 'b' });
  expect(made).toEqual(['a', 'b']);
});

test('tries again what failed', async () => {
  const share = shareLoads();
  await expect(share('a', () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
  await expect(share('a', () => Promise.resolve(1))).resolves.toBe(1);
});
