import { Convolution } from './convolution';
import { LOCAL_BYTES, localMemory } from './local';
import { rowTile } from './row-tile';

/** Bytes before the transformed tiles: addresses of 16 pixels or 4 rows, and the spare row. */
const BEFORE_TILES: i32 = 128;

/**
 * Bytes between the matrices of two coefficients besides their own: without it the 16 lie a power of two apart, and
 * the nearest cache, which finds its lines by the lower bits of an address, holds only half of them.
 */
export const GAP: i32 = 64;

/** Coefficients of a transformed tile of 4 x 4. */
export const COEFFICIENTS: i32 = 16;

/**
 * A convolution by a filter of 3 x 3 with stride 1, with 16 multiplications where the direct way has 36: windows of
 * 4 x 4 that give 2 x 2 places are transformed, multiplied by the transformed filter and transformed back.
 *
 * Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", CVPR 2016, F(2 x 2, 3 x 3).
 *
 * @param shape Address of a `Convolution`; channels in and out are multiples of 4.
 * @param packed What `winogradFilter` gives.
 * @param bias `outChannels` floats, or 0 for none.
 * @param zeros `inChannels` floats that are 0.
 * @param begin The first group of four tiles (of all images in a row), `end` the one behind the last.
 */
export function winograd(
  shape: usize,
  x: usize,
  packed: usize,
  bias: usize,
  out: usize,
  zeros: usize,
  relu: i32,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const tileRows = (s.outHeight + 1) >> 1;
  const tileColumns = (s.outWidth + 1) >> 1;
  const tiles = s.images * tileRows * tileColumns;
  const c = s.inChannels;
  const k = s.outChannels;
  const local = localMemory();
  // As many tiles at a time as fit, in groups of four.
  const most = ((LOCAL_BYTES - BEFORE_TILES - 2 * COEFFICIENTS * GAP) / (COEFFICIENTS * (c + k) * 4)) & ~3;
  const block = min(32, most);
  const v = local + BEFORE_TILES;
  const vStep = <usize>(block * c * 4 + GAP);
  const mStep = <usize>(block * k * 4 + GAP);
  const m = v + COEFFICIENTS * vStep;
  const lastTile = min(tiles, end << 2);
  for (let first = begin << 2; first < lastTile; first += block) {
    const count = min(block, lastTile - first);
    for (let i = 0; i < count; i++) {
      const tile = first + i;
      const row = tile / tileColumns;
      const image = row / tileRows;
      windowAddresses(s, x, zeros, image, (row - image * tileRows) << 1, (tile - row * tileColumns) << 1, local);
      transformInput(local, c, v + <usize>(i * c * 4), vStep);
    }
    multiply(v, vStep, packed, m, mStep, count, c, k, local);
    for (let i = 0; i < count; i++) {
      const tile = first + i;
      const row = tile / tileColumns;
      const image = row / tileRows;
      transformOutput(s, m + <usize>(i * k * 4), mStep, bias, relu, out, image, (row - image * tileRows) << 1, (tile - row * tileColumns) << 1);
    }
  }
}

/** Writes the addresses of the 16 pixels of a window, row by row; of zeros for those outside of the image. */
export function windowAddresses(s: Convolution, x: usize, zeros: usize, image: i32, row: i32, column: i32, table: usize): void {
  const pixel = s.inChannels << 2;
  for (let i = 0; i < 4; i++) {
    const y = row - s.padY + i;
    const inRow = y >= 0 && y < s.inHeight;
    const from = x + <usize>((image * s.inHeight + y) * s.inWidth) * pixel;
    for (let j = 0; j < 4; j++) {
      const at = column - s.padX + j;
      const inside = inRow && at >= 0 && at < s.inWidth;
      store<u32>(table, <u32>(inside ? from + <usize>at * pixel : zeros));
      table += 4;
    }
  }
}

/**
 * Writes `B^T d B` of a window `d`, some of its channels, four at a time.
 *
 * @param table Addresses of the window's 16 pixels.
 * @param c The number of channels.
 * @param v Where the first coefficient goes; the others follow `step` bytes apart.
 */
export function transformInput(table: usize, c: i32, v: usize, step: usize): void {
  for (let at: usize = 0; at < <usize>c << 2; at += 16) {
    // Columns of the window, one after the other: rows of B^T d.
    const a0 = v128.load(<usize>load<u32>(table) + at);
    const a1 = v128.load(<usize>load<u32>(table, 16) + at);
    const a2 = v128.load(<usize>load<u32>(table, 32) + at);
    const a3 = v128.load(<usize>load<u32>(table, 48) + at);
    const b0 = v128.load(<usize>load<u32>(table, 4) + at);
    const b1 = v128.load(<usize>load<u32>(table, 20) + at);
    const b2 = v128.load(<usize>load<u32>(table, 36) + at);
    const b3 = v128.load(<usize>load<u32>(table, 52) + at);
    const c0 = v128.load(<usize>load<u32>(table, 8) + at);
    const c1 = v128.load(<usize>load<u32>(table, 24) + at);
    const c2 = v128.load(<usize>load<u32>(table, 40) + at);
    const c3 = v128.load(<usize>load<u32>(table, 56) + at);
    const d0 = v128.load(<usize>load<u32>(table, 12) + at);
    const d1 = v128.load(<usize>load<u32>(table, 28) + at);
    const d2 = v128.load(<usize>load<u32>(table, 44) + at);
    const d3 = v128.load(<usize>load<u32>(table, 60) + at);
    let to = v + at;
    to = storeRow(f32x4.sub(a0, a2), f32x4.sub(b0, b2), f32x4.sub(c0, c2), f32x4.sub(d0, d2), to, step);
    to = storeRow(f32x4.add(a1, a2), f32x4.add(b1, b2), f32x4.add(c1, c2), f32x4.add(d1, d2), to, step);
    to = storeRow(f32x4.sub(a2, a1), f32x4.sub(b2, b1), f32x4.sub(c2, c1), f32x4.sub(d2, d1), to, step);
    storeRow(f32x4.sub(a1, a3), f32x4.sub(b1, b3), f32x4.sub(c1, c3), f32x4.sub(d1, d3), to, step);
  }
}

@inline
function storeRow(a: v128, b: v128, c: v128, d: v128, to: usize, step: usize): usize {
  v128.store(to, f32x4.sub(a, c));
  v128.store(to + step, f32x4.add(b, c));
  v128.store(to + 2 * step, f32x4.sub(c, b));
  v128.store(to + 3 * step, f32x4.sub(b, d));
  return to + 4 * step;
}

function multiply(v: usize, vStep: usize, packed: usize, m: usize, mStep: usize, count: i32, c: i32, k: i32, local: usize): void {
  const panelBytes = <usize>(c + 1) << 5;
  const table = local;
  const spare = local + 64;
  const rowBytes = c << 2;
  const outStep = k << 2;
  for (let i = 0; i < COEFFICIENTS; i++) {
    for (let column = 0; column < k; column += 8) {
      const columns = min(8, k - column);
      for (let tile = 0; tile < count; tile += 4) {
        const from = v + <usize>tile * rowBytes;
        // Rows behind the last are computed from what was there before, and never read.
        store<u32>(table, <u32>from);
        store<u32>(table, <u32>(from + rowBytes), 4);
        store<u32>(table, <u32>(from + 2 * rowBytes), 8);
        store<u32>(table, <u32>(from + 3 * rowBytes), 12);
        rowTile(table, 1, c, packed, m + <usize>tile * outStep + (<usize>column << 2), outStep, 4, columns, 0, spare);
      }
      packed += panelBytes;
    }
    v += vStep;
    m += mStep;
  }
}

function transformOutput(s: Convolution, m: usize, step: usize, bias: usize, relu: i32, out: usize, image: i32, row: i32, column: i32): void {
  const place = s.outChannels << 2;
  const to = out + <usize>((image * s.outHeight + row) * s.outWidth + column) * place;
  const below = row + 1 < s.outHeight;
  const right = column + 1 < s.outWidth;
  const rowBytes = <usize>(s.outWidth * place);
  const floor = relu ? f32x4.splat(0) : f32x4.splat(-Infinity);
  for (let at = 0; at < place; at += 16) {
    let from = m + at;
    // A^T m, column by column of the tile: two rows of four.
    const q0 = v128.load(from + 4 * step);
    const q1 = v128.load(from + 5 * step);
    const q2 = v128.load(from + 6 * step);
    const q3 = v128.load(from + 7 * step);
    const r0 = v128.load(from + 8 * step);
    const r1 = v128.load(from + 9 * step);
    const r2 = v128.load(from + 10 * step);
    const r3 = v128.load(from + 11 * step);
    const p0 = f32x4.add(q0, r0);
    const p1 = f32x4.add(q1, r1);
    const p2 = f32x4.add(q2, r2);
    const p3 = f32x4.add(q3, r3);
    const d0 = f32x4.sub(q0, r0);
    const d1 = f32x4.sub(q1, r1);
    const d2 = f32x4.sub(q2, r2);
    const d3 = f32x4.sub(q3, r3);
    const u0 = f32x4.add(p0, v128.load(from));
    const u1 = f32x4.add(p1, v128.load(from + step));
    const u2 = f32x4.add(p2, v128.load(from + 2 * step));
    const u3 = f32x4.add(p3, v128.load(from + 3 * step));
    const w0 = f32x4.sub(d0, v128.load(from + 12 * step));
    const w1 = f32x4.sub(d1, v128.load(from + 13 * step));
    const w2 = f32x4.sub(d2, v128.load(from + 14 * step));
    const w3 = f32x4.sub(d3, v128.load(from + 15 * step));
    const b = bias ? v128.load(bias + at) : f32x4.splat(0);
    v128.store(to + at, f32x4.pmax(f32x4.add(b, f32x4.add(u0, f32x4.add(u1, u2))), floor));
    if (right) v128.store(to + place + at, f32x4.pmax(f32x4.add(b, f32x4.sub(f32x4.sub(u1, u2), u3)), floor));
    if (below) {
      v128.store(to + rowBytes + at, f32x4.pmax(f32x4.add(b, f32x4.add(w0, f32x4.add(w1, w2))), floor));
      if (right) v128.store(to + rowBytes + place + at, f32x4.pmax(f32x4.add(b, f32x4.sub(f32x4.sub(w1, w2), w3)), floor));
    }
  }
}
