/** The factor `gamma / sqrt(variance + epsilon)` of each channel. */
export function batchScale(variance: usize, gamma: usize, epsilon: f32, channels: i32, scale: usize): void {
  for (let at: usize = 0; at < <usize>channels << 2; at += 4) {
    const inverse: f32 = <f32>1 / sqrt<f32>(load<f32>(variance + at) + epsilon);
    store<f32>(scale + at, inverse * load<f32>(gamma + at));
  }
}

/**
 * `y = (x - mean) scale + beta`.
 *
 * @param x `[rows, channels]`.
 * @param begin The first chunk, `end` the one behind the last.
 */
export function batchNormalize(
  x: usize,
  mean: usize,
  scale: usize,
  beta: usize,
  y: usize,
  rows: i32,
  channels: i32,
  rowsAChunk: i32,
  begin: i32,
  end: i32,
): void {
  const step = <usize>channels << 2;
  const whole = step & ~15;
  const last = min(rows, end * rowsAChunk);
  let from = x + <usize>(begin * rowsAChunk) * step;
  let to = y + <usize>(begin * rowsAChunk) * step;
  for (let row = begin * rowsAChunk; row < last; row++) {
    for (let at: usize = 0; at < whole; at += 16) {
      const centered = f32x4.sub(v128.load(from + at), v128.load(mean + at));
      v128.store(to + at, f32x4.add(f32x4.mul(centered, v128.load(scale + at)), v128.load(beta + at)));
    }
    for (let at = whole; at < step; at += 4) {
      const centered = load<f32>(from + at) - load<f32>(mean + at);
      store<f32>(to + at, centered * load<f32>(scale + at) + load<f32>(beta + at));
    }
    from += step;
    to += step;
  }
}
