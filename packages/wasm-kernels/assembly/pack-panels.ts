/**
 * Brings the right factor `b` of a product into panels of eight columns: first the eight values that the sums start
 * from (the bias, or 0), then for each `k` the eight values `b[k, 8 p] ... b[k, 8 p + 7]`. Columns beyond the last are 0.
 *
 * @param kStep Bytes from `b[k, n]` to `b[k + 1, n]`.
 * @param nStep Bytes from `b[k, n]` to `b[k, n + 1]`.
 * @param bias `n` floats, or 0 for none.
 * @param out `ceil(n / 8) * 8 * (k + 1)` floats.
 * @param begin The first panel, `end` the one behind the last.
 */
export function packPanels(
  b: usize,
  kStep: i32,
  nStep: i32,
  k: i32,
  n: i32,
  bias: usize,
  out: usize,
  begin: i32,
  end: i32,
): void {
  const panelBytes = <usize>(k + 1) << 5;
  for (let panel = begin; panel < end; panel++) {
    const first = panel << 3;
    const columns = min(8, n - first);
    let to = out + <usize>panel * panelBytes;
    let from = b + <usize>first * nStep;
    packBias(bias, first, columns, to);
    if (nStep == 4 && panel + 1 < end && first + 16 <= n) {
      packBias(bias, first + 8, 8, to + panelBytes);
      packTwo(from, kStep, k, to + 32, panelBytes);
      panel += 1;
      continue;
    }
    to += 32;
    if (columns == 8 && nStep == 4) {
      for (let i = 0; i < k; i++) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        from += kStep;
        to += 32;
      }
    } else if (columns == 8 && kStep == 4) {
      packTransposed(from, nStep, k, to);
    } else {
      for (let i = 0; i < k; i++) {
        packRow(from, nStep, columns, to);
        from += kStep;
        to += 32;
      }
    }
  }
}

/** Two panels at once, `panelBytes` apart: they share the cache lines that are read. */
@inline
function packTwo(from: usize, kStep: i32, k: i32, to: usize, panelBytes: usize): void {
  for (let i = 0; i < k; i++) {
    const other = to + panelBytes;
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(other, v128.load(from, 32));
    v128.store(other, v128.load(from, 48), 16);
    from += kStep;
    to += 32;
  }
}

function packBias(bias: usize, first: i32, columns: i32, to: usize): void {
  memory.fill(to, 0, 32);
  if (bias) memory.copy(to, bias + (<usize>first << 2), <usize>columns << 2);
}

function packRow(from: usize, nStep: i32, columns: i32, to: usize): void {
  for (let j = 0; j < 8; j++) {
    store<f32>(to + (<usize>j << 2), j < columns ? load<f32>(from + <usize>j * nStep) : 0);
  }
}

/** Eight rows of `k` floats, `step` bytes apart, as `k` rows of eight. */
function packTransposed(from: usize, step: i32, k: i32, to: usize): void {
  const half = from + 4 * <usize>step;
  let i = 0;
  for (; i + 4 <= k; i += 4) {
    const at = <usize>i << 2;
    transpose4(from + at, step, to, 32);
    transpose4(half + at, step, to + 16, 32);
    to += 128;
  }
  for (; i < k; i++) {
    packRow(from + (<usize>i << 2), step, 8, to);
    to += 32;
  }
}

/** Writes the 4 x 4 floats at `from` (rows `fromStep` bytes apart) with rows and columns exchanged. */
@inline
export function transpose4(from: usize, fromStep: i32, to: usize, toStep: i32): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStep);
  const c = v128.load(from + 2 * <usize>fromStep);
  const d = v128.load(from + 3 * <usize>fromStep);
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(to + toStep, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(to + 2 * <usize>toStep, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(to + 3 * <usize>toStep, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
}

/**
 * Packs a filter `[taps, c, k]` for the gradient by the input: taps in reverse order, channels in and out exchanged,
 * so that it is the right factor `[taps * k, c]` in panels of eight input channels, without a bias.
 *
 * @param begin The first panel, `end` the one behind the last.
 */
export function packFlippedFilter(
  filter: usize,
  taps: i32,
  c: i32,
  k: i32,
  out: usize,
  begin: i32,
  end: i32,
): void {
  const panelBytes = <usize>(taps * k + 1) << 5;
  const step = k << 2;
  for (let panel = begin; panel < end; panel++) {
    const first = panel << 3;
    const columns = min(8, c - first);
    let to = out + <usize>panel * panelBytes;
    memory.fill(to, 0, 32);
    to += 32;
    for (let tap = taps - 1; tap >= 0; tap--) {
      const from = filter + <usize>(tap * c + first) * step;
      if (columns == 8) {
        packTransposed(from, step, k, to);
      } else {
        for (let i = 0; i < k; i++) packRow(from + (<usize>i << 2), step, columns, to + (<usize>i << 5));
      }
      to += <usize>k << 5;
    }
  }
}
