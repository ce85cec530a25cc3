import { Convolution } from './convolution';
import { LOCAL_BYTES, localMemory } from './local';
import { rowTile } from './row-tile';

/** Tiles of four places that share a panel of the filter while it is in the nearest cache. */
const TILES_A_BLOCK: i32 = 16;

/** Bytes before the tables: the spare row, and for each tile of a block how many taps it has. */
const BEFORE_TABLES: i32 = 64 + 4 * TILES_A_BLOCK;

/**
 * A convolution over NHWC images, as a product whose left factor is never written down: every place of the output
 * points at the runs of the image that its window covers (an indirect convolution; Dukhan, "The indirect convolution
 * algorithm", 2019), at zeros where the window leaves the image.
 *
 * @param shape Address of a `Convolution`.
 * @param packed The filter as `[taps * inChannels, outChannels]` in panels, with the bias.
 * @param zeros `filterWidth * inChannels` floats that are 0.
 * @param begin The first tile of four places (of all images in a row), `end` the one behind the last.
 */
export function conv2d(
  shape: usize,
  x: usize,
  packed: usize,
  out: usize,
  zeros: usize,
  relu: i32,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const places = s.images * s.outHeight * s.outWidth;
  const taps = s.filterHeight * s.filterWidth;
  const panelBytes = <usize>(taps * s.inChannels + 1) << 5;
  const outStep = s.outChannels << 2;
  const spare = localMemory();
  const counts = spare + 64;
  const tables = spare + BEFORE_TABLES;
  const tableBytes = taps << 4;
  const tiles = min(TILES_A_BLOCK, (LOCAL_BYTES - BEFORE_TABLES) / tableBytes);

  for (let block = begin; block < end; block += tiles) {
    const blockEnd = min(end, block + tiles);
    for (let tile = block; tile < blockEnd; tile++) {
      const at = tile - block;
      store<i32>(counts + (<usize>at << 2), fillTable(s, x, zeros, tile << 2, places, tables + at * tableBytes));
    }
    let panel = packed;
    for (let column = 0; column < s.outChannels; column += 8) {
      const columns = min(8, s.outChannels - column);
      let table = tables;
      for (let tile = block; tile < blockEnd; tile++) {
        const place = tile << 2;
        const count = load<i32>(counts + (<usize>(tile - block) << 2));
        const run = (taps / count) * s.inChannels;
        const to = out + <usize>place * outStep + (<usize>column << 2);
        rowTile(table, count, run, panel, to, outStep, min(4, places - place), columns, relu, spare);
        table += tableBytes;
      }
      panel += panelBytes;
    }
  }
}

/**
 * Writes the addresses of the runs for four places, and returns how many runs a place has: one for each row of the
 * filter where all four windows lie between the left and the right border, else one for each tap.
 */
function fillTable(s: Convolution, x: usize, zeros: usize, place: i32, places: i32, table: usize): i32 {
  let whole = s.divideX == 1 && s.dilationX == 1;
  for (let i = 0; whole && i < 4; i++) {
    const left = (min(place + i, places - 1) % s.outWidth) * s.strideX - s.padX;
    whole = left >= 0 && left + s.filterWidth <= s.inWidth;
  }
  const runs = whole ? 1 : s.filterWidth;
  const rowBytes = <usize>(s.inWidth * s.inChannels) << 2;
  for (let i = 0; i < 4; i++) {
    const at = min(place + i, places - 1);
    const row = at / s.outWidth;
    const image = row / s.outHeight;
    const top = (row - image * s.outHeight) * s.strideY - s.padY;
    const left = (at - row * s.outWidth) * s.strideX - s.padX;
    const from = x + <usize>(image * s.inHeight) * rowBytes;
    let entry = table + (<usize>i << 2);
    for (let ky = 0; ky < s.filterHeight; ky++) {
      const y = source(top + ky * s.dilationY, s.divideY, s.inHeight);
      for (let kx = 0; kx < runs; kx++) {
        const column = source(left + kx * s.dilationX, s.divideX, s.inWidth);
        const outside = y < 0 || column < 0;
        const address = from + <usize>y * rowBytes + (<usize>(column * s.inChannels) << 2);
        store<u32>(entry, <u32>(outside ? zeros : address));
        entry += 16;
      }
    }
  }
  return s.filterHeight * runs;
}

/** The row or column that is read, or -1 for none. */
@inline
function source(t: i32, divide: i32, size: i32): i32 {
  if (divide == 1) return t < size ? t : -1;
  if (t < 0 || t % divide != 0) return -1;
  const at = t / divide;
  return at < size ? at : -1;
}
