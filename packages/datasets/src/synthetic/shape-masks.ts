/**
 * Shapes by name. Each tells of a point in the shape's own coordinates (the shape lies within -1 to 1, y down) whether
 * it is inside.
 */
export const shapeMasks: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  disc: (x, y) => x * x + y * y < 1,
  ring: (x, y) => x * x + y * y < 1 && x * x + y * y > 0.35,
  square: (x, y) => Math.abs(x) < 0.85 && Math.abs(y) < 0.85,
  frame: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.85 && Math.max(Math.abs(x), Math.abs(y)) > 0.5,
  triangle: (x, y) => y < 0.8 && y > 1.8 * Math.abs(x) - 0.9,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.28 && Math.max(Math.abs(x), Math.abs(y)) < 0.95,
  bars: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.95 && Math.abs(((x + 3.42) % 0.76) - 0.38) < 0.19,
  checker: (x, y) =>
    Math.max(Math.abs(x), Math.abs(y)) < 0.95 && (Math.floor(x * 2 + 4) + Math.floor(y * 2 + 4)) % 2 === 0,
  crescent: (x, y) => x * x + y * y < 1 && (x - 0.45) * (x - 0.45) + y * y > 0.65,
  star: (x, y) => Math.sqrt(Math.abs(x)) + Math.sqrt(Math.abs(y)) < 1,
};
