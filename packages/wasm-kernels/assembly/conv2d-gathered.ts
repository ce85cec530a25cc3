import { Convolution } from './convolution';
import { gatherWindows } from './gather-windows';
import { localMemory } from './local';
import { outerTile } from './outer-tile';
import { rowTile } from './row-tile';

/** Places whose windows are copied at a time: with at most 64 floats each they fill a near cache, with 27 half of one. */
const PLACES_A_BLOCK: i32 = 128;

/** Bytes before the copied windows: a table and a spare row. */
const BEFORE_WINDOWS: i32 = 64;

/**
 * What `conv2d` computes, for windows of few floats, as of the first layer of a network: they are copied first, as going
 * from one short run of an image to the next would take longer.
 *
 * @param shape Address of a `Convolution` whose windows have at most 64 floats and whose `divide` is 1.
 * @param packed The filter as `[taps * inChannels, outChannels]` in panels, with the bias.
 * @param begin The first tile of four places (of all images in a row), `end` the one behind the last.
 */
export function conv2dGathered(
  shape: usize,
  x: usize,
  packed: usize,
  out: usize,
  relu: i32,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const window = s.filterHeight * s.filterWidth * s.inChannels;
  const table = localMemory();
  const spare = table + 16;
  const windows = table + BEFORE_WINDOWS;
  const outStep = s.outChannels << 2;
  const last = min(s.images * s.outHeight * s.outWidth, end << 2);
  for (let place = begin << 2; place < last; place += PLACES_A_BLOCK) {
    const count = min(PLACES_A_BLOCK, last - place);
    gatherWindows(s, x, place, count, windows);
    for (let at = 0; at < count; at += 4) {
      for (let i = 0; i < 4; i++) {
        const from = windows + (<usize>(min(at + i, count - 1) * window) << 2);
        store<u32>(table + (<usize>i << 2), <u32>from);
      }
      const rows = min(4, count - at);
      let to = out + <usize>(place + at) * outStep;
      let panel = packed;
      for (let column = 0; column < s.outChannels; column += 8) {
        rowTile(table, 1, window, panel, to, outStep, rows, min(8, s.outChannels - column), relu, spare);
        panel += <usize>(window + 1) << 5;
        to += 32;
      }
    }
  }
}

/**
 * What `conv2dFilterGradient` computes, for windows of few floats, as sums over parts of the places, which are still to be
 * added: so each window is copied by one thread only, and the order of a sum does not depend on who computes it.
 *
 * @param shape As of `conv2dGathered`.
 * @param sums `[parts, filterHeight * filterWidth * inChannels, outChannels]`.
 * @param placesAPart Output places, counted over all images, of a part; the last may have fewer, none has 0.
 * @param begin The first part, `end` the one behind the last.
 */
export function conv2dGatheredFilterGradient(
  shape: usize,
  x: usize,
  dy: usize,
  sums: usize,
  placesAPart: i32,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const window = s.filterHeight * s.filterWidth * s.inChannels;
  const spare = localMemory();
  const windows = spare + BEFORE_WINDOWS;
  const step = s.outChannels << 2;
  const places = s.images * s.outHeight * s.outWidth;
  for (let part = begin; part < end; part++) {
    const first = part * placesAPart;
    const last = min(places, first + placesAPart);
    const sum = sums + <usize>(part * window) * step;
    for (let place = first; place < last; place += PLACES_A_BLOCK) {
      const count = min(PLACES_A_BLOCK, last - place);
      gatherWindows(s, x, place, count, windows);
      addProducts(windows, dy + <usize>place * step, count, window, s.outChannels, sum, place > first, spare);
    }
  }
}

/** The windows, transposed, times `dy`: `[window, outChannels]`, added to what is there or not. */
@inline
function addProducts(
  windows: usize,
  dy: usize,
  count: i32,
  window: i32,
  outChannels: i32,
  sum: usize,
  add: i32,
  spare: usize,
): void {
  const step = outChannels << 2;
  for (let first = 0; first < window; first += 4) {
    const to = sum + <usize>first * step;
    for (let column = 0; column < outChannels; column += 8) {
      const at = <usize>column << 2;
      outerTile(
        windows + (<usize>first << 2), window << 2, 0, 0,
        dy + at, step, 0, 0,
        count, 1, 1,
        to + at, step, min(4, window - first), min(8, outChannels - column), add, spare,
      );
    }
  }
}
