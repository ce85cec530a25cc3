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
  for (; from + 4 <= stop; from += 4) {
    store<f32>(to, load<f32>(table + (<usize>load<u8>(from) << 2)));
    store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 1) << 2)), 4);
    store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 2) << 2)), 8);
    store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 3) << 2)), 12);
    to += 16;
  }
  for (; from < stop; from++) {
    store<f32>(to, load<f32>(table + (<usize>load<u8>(from) << 2)));
    to += 4;
  }
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
