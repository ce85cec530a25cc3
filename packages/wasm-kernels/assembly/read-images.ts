import { LOCAL_BYTES, localMemory } from './local';

/**
 * Writes the floats that a table holds for the bytes of some images.
 *
 * @param pixels Images of `size` bytes each.
 * @param chosen Their numbers, one for each image to write.
 * @param table 256 floats for each channel; the bytes of an image belong to the channels in turn.
 * @param begin The first image to write, `end` the one behind the last.
 */
export function readImages(
  pixels: usize,
  chosen: usize,
  table: usize,
  out: usize,
  size: i32,
  channels: i32,
  begin: i32,
  end: i32,
): void {
  for (let image = begin; image < end; image++) {
    let from = pixels + <usize>load<u32>(chosen + (<usize>image << 2)) * size;
    // The images of a batch lie far apart: a copy waits for all lines of one at once, a lookup for one after the other.
    if (size <= LOCAL_BYTES) {
      memory.copy(localMemory(), from, size);
      from = localMemory();
    }
    const to = out + ((<usize>image * size) << 2);
    if (channels == 1) lookUpOne(from, from + size, table, to);
    else lookUpMany(from, from + size, table, table + (<usize>channels << 10), to);
  }
}

@inline
function lookUpOne(from: usize, stop: usize, table: usize, to: usize): void {
  const black = v128.load32_splat(table);
  for (; from + 16 <= stop; from += 16) {
    // Much of many an image is black.
    if (v128.any_true(v128.load(from))) {
      for (let i = 0; i < 16; i += 4) lookUpFour(from + i, table, to + (<usize>i << 2));
    } else {
      v128.store(to, black);
      v128.store(to, black, 16);
      v128.store(to, black, 32);
      v128.store(to, black, 48);
    }
    to += 64;
  }
  for (; from < stop; from++) {
    store<f32>(to, load<f32>(table + (<usize>load<u8>(from) << 2)));
    to += 4;
  }
}

@inline
function lookUpFour(from: usize, table: usize, to: usize): void {
  store<f32>(to, load<f32>(table + (<usize>load<u8>(from) << 2)));
  store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 1) << 2)), 4);
  store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 2) << 2)), 8);
  store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 3) << 2)), 12);
}

@inline
function lookUpMany(from: usize, stop: usize, table: usize, behind: usize, to: usize): void {
  let own = table;
  for (; from < stop; from++) {
    store<f32>(to, load<f32>(own + (<usize>load<u8>(from) << 2)));
    to += 4;
    own += 1024;
    if (own == behind) own = table;
  }
}
