import { numpyRandomState } from './numpy-random-state.js';

test('gives the published first numbers of MT19937 with its default seed', () => {
  const random = numpyRandomState(5489);
  expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([3499211612, 581869302, 3890346734]);
});

// By NumPy 2.4.6: r = np.random.RandomState(seed); a = np.arange(12); r.shuffle(a).
test.each([
  [0, [6, 11, 4, 10, 2, 8, 1, 7, 9, 3, 0, 5]],
  [113, [4, 3, 9, 8, 1, 0, 11, 7, 6, 10, 2, 5]],
  [2 ** 32 - 1, [11, 8, 5, 9, 1, 10, 6, 0, 4, 7, 2, 3]],
])('shuffles as NumPy does with seed %i', (seed, expected) => {
  expect([...numpyRandomState(seed).shuffledRange(12)]).toEqual(expected);
});

test('goes on in the same stream', () => {
  // b = np.arange(1000); r.shuffle(b); b[:6] after the shuffle above with seed 113.
  const random = numpyRandomState(113);
  random.shuffledRange(12);
  expect([...random.shuffledRange(1000).subarray(0, 6)]).toEqual([475, 620, 256, 962, 992, 714]);
});

test('needs no randomness for one row or none', () => {
  expect([...numpyRandomState(1).shuffledRange(1)]).toEqual([0]);
  expect([...numpyRandomState(1).shuffledRange(0)]).toEqual([]);
});
