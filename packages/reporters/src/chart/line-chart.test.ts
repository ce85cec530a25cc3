import { lineChart } from './line-chart.js';
import { niceStep, tickText } from './nice-ticks.js';

const plain = (text: string) => text;
const frame = { columns: 24, rows: 4, low: 0, high: 1, last: 21 };
const ramp = (from: number, to: number, count = 21) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

test('draws a curve with labeled axes', () => {
  expect(lineChart([{ values: ramp(1, 0), paint: plain }], frame)).toEqual([
    '1.0┤──╮                 ',
    '   │  ╰────╮            ',
    '0.5┤       ╰────╮       ',
    '   │            ╰────╮  ',
    '0.0┤                 ╰──',
    '   └┬──────────────────┬',
    '    1                 21',
  ]);
});

test('a curve that ends early ends there, and one beyond the frame is cut off', () => {
  const lines = lineChart([{ values: ramp(9, 9, 11), paint: plain }], frame);
  expect(lines[0]).toBe('1.0┤──────────          ');
  expect(lines[1].trim()).toBe('│');
});

test('letters mark curves, also where they coincide', () => {
  const flat = ramp(0.5, 0.5);
  const [a, b] = ['A', 'B'].map((mark) => ({ values: flat, paint: plain, mark }));
  expect(lineChart([a, b], frame)[2]).toBe('0.5┤─A─B─────A─B─────A─B');
});

test.each([
  ['a single epoch', [0.5], 1],
  ['no epoch', [], 1],
  ['two epochs', [0.2, 0.8], 2],
  ['many epochs', ramp(0, 1, 500), 500],
])('draws %s within its columns', (_, values, last) => {
  for (const columns of [20, 33, 80]) {
    const lines = lineChart([{ values, paint: plain }], { ...frame, columns, last });
    for (const line of lines) expect(line).toHaveLength(columns);
  }
});

test('draws where all values are equal', () => {
  const lines = lineChart([{ values: ramp(0, 0), paint: plain }], { ...frame, low: 0, high: 0 });
  expect(lines.join('\n')).toContain('──────');
});

test.each([
  [1, 5, 0.2],
  [0.69, 4, 0.2],
  [7, 3, 5],
  [3e-6, 4, 1e-6],
  [0, 4, 1],
])('a span of %d in at most %d steps: %d', (span, most, step) => {
  expect(niceStep(span, most)).toBeCloseTo(step, 12);
});

test.each([
  [0.6000000000000001, 0.2, '0.6'],
  [-1e-17, 0.2, '0.0'],
  [2e-5, 1e-5, '2.0e-5'],
  [15, 5, '15'],
])('the tick %d of step %d is %s', (value, step, text) => {
  expect(tickText(value, step)).toBe(text);
});
