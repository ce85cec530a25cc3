import { printable } from './printable.js';

test('control characters are shown by their code, lines stay lines', () => {
  expect(printable('a\u001b]0;title\u0007\r\n\tb\u009b1mäß😀')).toBe(
    'a\\x1b]0;title\\x07\\x0d\n\tb\\x9b1mäß😀',
  );
});
