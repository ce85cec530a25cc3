import pc from 'picocolors';
import stringWidth from 'string-width';
import { textTable } from './text-table.js';

const colors = pc.createColors(false);
const columns = [
  { title: 'name', cells: ['first', 'a second'] },
  { title: 'epochs', cells: ['5', '12'], right: true },
  { title: 'reason', cells: ['reached the limit', ''], spare: 1 },
  { title: 'time', cells: ['1:02', '59s'], spare: 2, right: true },
];
const table = (width: number) => textTable(columns, { width, colors });

test('numbers stand on the right, and no line ends in spaces', () => {
  expect(table(Infinity)).toEqual([
    'name      epochs  reason             time',
    'first          5  reached the limit  1:02',
    'a second      12                      59s',
  ]);
});

test('spare columns go first where it is narrow', () => {
  expect(table(40)).toEqual([
    'name      epochs  reason',
    'first          5  reached the limit',
    'a second      12',
  ]);
  expect(table(20)).toEqual(['name      epochs', 'first          5', 'a second      12']);
});

test('where even that is too wide, each row is a list', () => {
  expect(table(12)).toEqual([
    'first',
    'epochs: 5',
    'reason:',
    'reached the',
    'limit',
    'time: 1:02',
    '',
    'a second',
    'epochs: 12',
    'time: 59s',
    '',
  ]);
});

test('control characters are taken out, and wide characters keep the columns', () => {
  const lines = textTable(
    [
      { title: 'arm', cells: ['\u001b[2J\u001b]0;title\u0007a\r\nb', '分類'] },
      { title: 'n', cells: ['1', '2'], right: true },
    ],
    { width: Infinity, colors },
  );
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
});
