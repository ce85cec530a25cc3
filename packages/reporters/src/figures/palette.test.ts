import { armColor } from './palette.js';

test('no two of 40 arms share a color', () => {
  const colors = Array.from({ length: 40 }, (_, i) => armColor(i));
  expect(new Set(colors.map(({ light }) => light)).size).toBe(40);
  expect(new Set(colors.map(({ dark }) => dark)).size).toBe(40);
  for (const { light, dark } of colors) expect(`${light} ${dark}`).toMatch(/^#[0-9a-f]{6} #[0-9a-f]{6}$/);
});
