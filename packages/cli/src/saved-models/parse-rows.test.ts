import { parseRows } from './parse-rows.js';

test('reads numbers and ranges, in the order given', () => {
  expect([...parseRows('0-3,17, 5')]).toEqual([0, 1, 2, 3, 17, 5]);
  expect([...parseRows('7')]).toEqual([7]);
});

test.each(['', 'x', '3-1', '1-', '-1', '1.5', '0-99999999', '1,,2'])('refuses %p', (text) => {
  expect(() => parseRows(text)).toThrow('write row numbers and ranges');
});
