/** Bytes that are divided among threads in one piece. */
const BYTES_A_GRAIN: i32 = 16384;

/**
 * Writes the float that a table holds for each byte.
 *
 * @param table 256 floats for each channel; bytes belong to the channels in turn.
 * @param begin The first piece of 16,384 bytes, `end` the one behind the last.
 */
export function bytesToFloats(
  bytes: usize,
  table: usize,
  out: usize,
  count: i32,
  channels: i32,
  begin: i32,
  end: i32,
): void {
  const first = begin * BYTES_A_GRAIN;
  const last = min(count, end * BYTES_A_GRAIN);
  const stop = bytes + <usize>last;
  let from = bytes + <usize>first;
  let to = out + (<usize>first << 2);
  if (channels == 1) {
    for (; from + 4 <= stop; from += 4) {
      store<f32>(to, load<f32>(table + (<usize>load<u8>(from) << 2)));
      store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 1) << 2)), 4);
      store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 2) << 2)), 8);
      store<f32>(to, load<f32>(table + (<usize>load<u8>(from, 3) << 2)), 12);
      to += 16;
    }
  }
  const behind = table + (<usize>channels << 10);
  let own = table + (<usize>(first % channels) << 10);
  for (; from < stop; from++) {
    store<f32>(to, load<f32>(own + (<usize>load<u8>(from) << 2)));
    to += 4;
    own += 1024;
    if (own == behind) own = table;
  }
}
