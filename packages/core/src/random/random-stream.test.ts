import { keyedStream, randomStream } from './random-stream.js';

const take = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

test('the same seed and purpose give the same numbers, whatever else is drawn', () => {
  const first = randomStream(7, 'order/1');
  const expected = take(100, first.uint32);
  const other = randomStream(7, 'noise/hidden_1/dropout/1');
  const again = randomStream(7, 'order/1');
  const drawn = take(100, () => {
    other.uniform();
    return again.uint32();
  });
  expect(drawn).toEqual(expected);
});

test('another seed, another purpose or a seed beyond 32 bits gives other numbers', () => {
  const firsts = [
    randomStream(7, 'order/1'),
    randomStream(8, 'order/1'),
    randomStream(7, 'order/2'),
    randomStream(0, 'order/1'),
    randomStream(2 ** 32 + 7, 'order/1'),
    randomStream(-7, 'order/1'),
  ].map((stream) => take(4, stream.uint32).join());
  expect(new Set(firsts).size).toBe(firsts.length);
});

test('these numbers stay the same for ever: old runs must replay', () => {
  const stream = randomStream(1, 'init/hidden_1/kernel');
  expect(take(3, stream.uint32)).toMatchInlineSnapshot(`
   [
     2197947236,
     2217598943,
     161990708,
   ]
  `);
});

test('uniform numbers are float32 in [0, 1), with the moments of their distribution', () => {
  const draws = take(100_000, randomStream(3, 'test').uniform);
  expect(draws.every((draw) => draw >= 0 && draw < 1 && Math.fround(draw) === draw)).toBe(true);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  // Five standard errors of mean and variance.
  expect(Math.abs(mean - 0.5)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(draws.length));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan((5 * Math.sqrt(1 / 180)) / Math.sqrt(draws.length));
});

test('normal numbers have the moments and tails of the standard normal distribution', () => {
  const draws = take(100_000, randomStream(3, 'test').normal);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  const beyond2 = draws.filter((draw) => Math.abs(draw) > 2).length / draws.length;
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(draws.length));
  expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(draws.length));
  expect(Math.abs(beyond2 - 0.0455)).toBeLessThan(0.0033);
});

test('below() reaches every integer about equally often, and none beyond', () => {
  const stream = randomStream(3, 'test');
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[stream.below(7)] += 1;
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(70_000);
  // Five standard deviations of a binomial count.
  for (const count of counts)
    expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(70_000 * (1 / 7) * (6 / 7)));
});

test('a reserved range holds the numbers that would have come, and the stream goes on behind it', () => {
  for (const before of [0, 1, 4, 7]) {
    for (const count of [0, 1, 3, 4, 9, 1000]) {
      const stream = randomStream(7, 'noise');
      const expected = take(before + count + 5, stream.uint32);
      const other = randomStream(7, 'noise');
      take(before, other.uint32);
      const range = other.reserve(count);
      expect(range.start).toBe(before);
      expect(take(count, keyedStream(range).uint32)).toEqual(expected.slice(before, before + count));
      expect(take(5, other.uint32)).toEqual(expected.slice(before + count));
    }
  }
});
