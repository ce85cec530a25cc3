import { bar, sparkline } from './sparkline.js';

test.each([
  [[1, 2, 3, 4, 5, 6, 7, 8], 8, '▁▂▃▄▅▆▇█'],
  [[3, 3, 3], 5, '▁▁▁'],
  [[0, 5, 1, 5, 8], 3, '▁▂█'],
  [[1, 9], 1, '▁'],
  [[], 5, ''],
  [[1, 2], 0, ''],
])('draws %j in %d characters', (values, width, line) => {
  expect(sparkline(values, width)).toBe(line);
});

test.each([
  [0, '░░░░'],
  [0.5, '██░░'],
  [7, '████'],
  [-1, '░░░░'],
])('fills %d of a bar', (part, text) => {
  expect(bar(part, 4)).toBe(text);
});
