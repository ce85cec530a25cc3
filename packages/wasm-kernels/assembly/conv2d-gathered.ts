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
    let panel = packed;
    for (let column = 0; column < s.outChannels; column += 8) {
      const columns = min(8, s.outChannels - column);
      for (let at = 0; at < count; at += 4) {
        for (let i = 0; i < 4; i++) {
          const from = windows + (<usize>(min(at + i, count - 1) * window) << 2);
          store<u32>(table + (<usize>i << 2), <u32>from);
        }
        const to = out + <usize>(place + at) * outStep + (<usize>column << 2);
        rowTile(table, 1, window, panel, to, outStep, min(4, count - at), columns, relu, spare);
      }
      panel += <usize>(window + 1) << 5;
    }
  }
}

/**
 * What `conv2dFilterGradient` computes, for windows of few floats. Every thread copies all windows: nobody else's are near.
 *
 * @param shape As of `conv2dGathered`.
 * @param dw `[filterHeight, filterWidth, inChannels, outChannels]`.
 * @param begin The first four floats of a window, `end` those behind the last.
 */
export function conv2dGatheredFilterGradient(
  shape: usize,
  x: usize,
  dy: usize,
  dw: usize,
  begin: i32,
  end: i32,
): void {
  const s = changetype<Convolution>(shape);
  const window = s.filterHeight * s.filterWidth * s.inChannels;
  const spare = localMemory();
  const windows = spare + BEFORE_WINDOWS;
  const step = s.outChannels << 2;
  const places = s.images * s.outHeight * s.outWidth;
  if (places == 0) memory.fill(dw + <usize>(begin << 2) * step, 0, <usize>(min(window, end << 2) - (begin << 2)) * step);
  for (let place = 0; place < places; place += PLACES_A_BLOCK) {
    const count = min(PLACES_A_BLOCK, places - place);
    gatherWindows(s, x, place, count, windows);
    const dyBlock = dy + <usize>place * step;
    for (let tile = begin; tile < end; tile++) {
      const first = tile << 2;
      const to = dw + <usize>first * step;
      for (let column = 0; column < s.outChannels; column += 8) {
        const at = <usize>column << 2;
        outerTile(
          windows + (<usize>first << 2), window << 2, 0, 0,
          dyBlock + at, step, 0, 0,
          count, 1, 1,
          to + at, step, min(4, window - first), min(8, s.outChannels - column), place, spare,
        );
      }
    }
  }
}
