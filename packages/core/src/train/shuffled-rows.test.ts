import { randomStream } from '../random/random-stream.js';
import { shuffledRows } from './shuffled-rows.js';

test('gives every row once, in an order that the stream decides', () => {
  const rows = shuffledRows(1000, randomStream(1, 'order/1'));
  expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, row) => row));
  expect(shuffledRows(1000, randomStream(1, 'order/1'))).toEqual(rows);
  expect(shuffledRows(1000, randomStream(1, 'order/2'))).not.toEqual(rows);
});

test('every order of three rows is about equally likely', () => {
  const counts = new Map<string, number>();
  const stream = randomStream(1, 'test');
  for (let i = 0; i < 12_000; i++) {
    const order = shuffledRows(3, stream).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values())
    expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(12_000 * (5 / 36)));
});

test('nothing to shuffle', () => {
  expect(shuffledRows(0, randomStream(1, 'order/1'))).toEqual(new Uint32Array(0));
});
