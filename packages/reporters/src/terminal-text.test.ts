import stringWidth from 'string-width';
import { alignRight, fit, printable, wrap } from './terminal-text.js';

test.each([
  ['abc', 5, 'abc  '],
  ['abcdef', 4, 'abc…'],
  ['日本語', 4, '日… '],
  ['abc', 0, ''],
])('fits %j into %d columns', (text, width, fitted) => {
  expect(fit(text, width)).toBe(fitted);
  expect(stringWidth(fitted)).toBe(width);
});

test('aligns numbers to the right', () => {
  expect(alignRight('0.5', 5)).toBe('  0.5');
});

test('wraps between words, and inside those that are longer than a line', () => {
  expect(wrap('the gap ended at 0.5', 10)).toEqual(['the gap', 'ended at', '0.5']);
  expect(wrap('an abcdefghij', 4)).toEqual(['an', 'abcd', 'efgh', 'ij']);
});

test('takes control characters out of text', () => {
  expect(printable('a\u001b[31mb\u001b]0;title\u0007c\td\u009b')).toBe('abc d');
});
