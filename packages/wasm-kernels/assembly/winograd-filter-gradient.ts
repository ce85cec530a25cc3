import { Convolution } from './convolution';
import { LOCAL_BYTES, localMemory } from './local';
import { outerTile } from './outer-tile';
import { COEFFICIENTS, GAP, transformInput, windowAddresses } from './winograd';

/** Bytes before the transformed tiles: addresses of 16 pixels, of 4 places, and the spare row. */
const BEFORE_TILES: i32 = 128;

/** Most tiles that are multiplied before their sums are written. */
const TILES_A_BLOCK: i32 = 64;

/**
 * The gradient of a convolution by its filter of 3 x 3, stride 1, with 16 multiplications where the direct way has 36:
 * `dw = G^T (sum of (B^T d B) * (A dy A^T)) G`, what Winograd's forward pass gives differentiated by the filter.
 *
 * Every element is summed by one thread in an order that does not depend on the number of threads.
 *
 * @param shape Address of a `Convolution`, of the forward pass; channels in and out are multiples of 4.
 * @param dw `[3, 3, inChannels, outChannels]`.
 * @param sums Room for `16 * inChannels * outChannels` floats.
 * @param zeros As many floats as there are channels, in or out, that are 0.
 * @param begin The first four input channels, `end` those behind the last.
 */
export function winogradFilterGradient(
  shape: usize,
  x: usize,
  dy: usize,
  dw: usize,
  sums: usize,
  zeros: usize,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const tileRows = (s.outHeight + 1) >> 1;
  const tileColumns = (s.outWidth + 1) >> 1;
  const tiles = s.images * tileRows * tileColumns;
  const first = begin << 2;
  const c = min(s.inChannels, end << 2) - first;
  const k = s.outChannels;
  const local = localMemory();
  // By all channels, not those of this range: sums are added block by block, and their bits may not depend on ranges.
  const most = (LOCAL_BYTES - BEFORE_TILES - 2 * COEFFICIENTS * GAP) / (COEFFICIENTS * (s.inChannels + k) * 4);
  const block = min(TILES_A_BLOCK, most);
  const vStep = <usize>(block * c * 4 + GAP);
  const yStep = <usize>(block * k * 4 + GAP);
  const v = local + BEFORE_TILES;
  const y = v + COEFFICIENTS * vStep;
  const outStep = k << 2;
  const sumStep = <usize>s.inChannels * outStep;
  const own = sums + <usize>first * outStep;

  for (let tile = 0; tile < tiles; tile += block) {
    const count = min(block, tiles - tile);
    for (let i = 0; i < count; i++) {
      const row = (tile + i) / tileColumns;
      const image = row / tileRows;
      const top = (row - image * tileRows) << 1;
      const left = (tile + i - row * tileColumns) << 1;
      windowAddresses(s, x + (<usize>first << 2), zeros, image, top, left, local);
      transformInput(local, c, v + <usize>(i * c * 4), vStep);
      placeAddresses(s, dy, zeros, image, top, left, local);
      transformGradient(local, k, y + <usize>(i * k * 4), yStep);
    }
    for (let i = 0; i < COEFFICIENTS; i++) {
      const a = v + <usize>i * vStep;
      const b = y + <usize>i * yStep;
      const to = own + <usize>i * sumStep;
      for (let channel = 0; channel < c; channel += 4) {
        for (let column = 0; column < k; column += 8) {
          const at = <usize>column << 2;
          outerTile(
            a + (<usize>channel << 2), c << 2, 0, 0,
            b + at, outStep, 0, 0,
            count, 1, 1,
            to + <usize>channel * outStep + at, outStep, 4, min(8, k - column), tile, local + 96,
          );
        }
      }
    }
  }
  transformSums(own, sumStep, dw + <usize>first * outStep, sumStep, <usize>c * outStep);
}

/** Writes the addresses of the 2 x 2 places of a tile; of zeros for those outside of the image. */
function placeAddresses(s: Convolution, dy: usize, zeros: usize, image: i32, row: i32, column: i32, table: usize): void {
  const place = s.outChannels << 2;
  const at = dy + <usize>((image * s.outHeight + row) * s.outWidth + column) * place;
  const below = at + <usize>(s.outWidth * place);
  const right = column + 1 < s.outWidth;
  const under = row + 1 < s.outHeight;
  store<u32>(table, <u32>at);
  store<u32>(table, <u32>(right ? at + place : zeros), 4);
  store<u32>(table, <u32>(under ? below : zeros), 8);
  store<u32>(table, <u32>(under && right ? below + place : zeros), 12);
}

/** Writes `A e A^T` of a tile `e` of 2 x 2, four channels at a time. */
function transformGradient(table: usize, k: i32, y: usize, step: usize): void {
  for (let at: usize = 0; at < <usize>k << 2; at += 16) {
    const a = v128.load(<usize>load<u32>(table) + at);
    const b = v128.load(<usize>load<u32>(table, 4) + at);
    const c = v128.load(<usize>load<u32>(table, 8) + at);
    const d = v128.load(<usize>load<u32>(table, 12) + at);
    let to = y + at;
    to = storeRow(a, b, to, step);
    to = storeRow(f32x4.add(a, c), f32x4.add(b, d), to, step);
    to = storeRow(f32x4.sub(a, c), f32x4.sub(b, d), to, step);
    storeRow(f32x4.neg(c), f32x4.neg(d), to, step);
  }
}

@inline
function storeRow(left: v128, right: v128, to: usize, step: usize): usize {
  v128.store(to, left);
  v128.store(to + step, f32x4.add(left, right));
  v128.store(to + 2 * step, f32x4.sub(left, right));
  v128.store(to + 3 * step, f32x4.neg(right));
  return to + 4 * step;
}

/** Writes `G^T s G`: nine values for each of the `bytes / 4` sixteen sums. */
function transformSums(sums: usize, sumStep: usize, dw: usize, dwStep: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    // Rows of G^T s, a column at a time, written over the sums of rows 0 to 2.
    for (let column: usize = 0; column < 4; column++) {
      const from = sums + at + column * sumStep;
      const half = f32x4.splat(0.5);
      const s1 = v128.load(from + 4 * sumStep);
      const s2 = v128.load(from + 8 * sumStep);
      const mean = f32x4.mul(half, f32x4.add(s1, s2));
      v128.store(from, f32x4.add(v128.load(from), mean));
      v128.store(from + 4 * sumStep, f32x4.mul(half, f32x4.sub(s1, s2)));
      v128.store(from + 8 * sumStep, f32x4.add(mean, v128.load(from + 12 * sumStep)));
    }
    for (let row: usize = 0; row < 3; row++) {
      const from = sums + at + 4 * row * sumStep;
      const to = dw + at + 3 * row * dwStep;
      const half = f32x4.splat(0.5);
      const s1 = v128.load(from + sumStep);
      const s2 = v128.load(from + 2 * sumStep);
      const mean = f32x4.mul(half, f32x4.add(s1, s2));
      v128.store(to, f32x4.add(v128.load(from), mean));
      v128.store(to + dwStep, f32x4.mul(half, f32x4.sub(s1, s2)));
      v128.store(to + 2 * dwStep, f32x4.add(mean, v128.load(from + 3 * sumStep)));
    }
  }
}
