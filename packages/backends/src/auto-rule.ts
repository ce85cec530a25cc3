/** How much one training step computes, as far as the choice of a backend depends on it. */
export interface StepWork {
  /** The arm that it is of, the largest of the experiment. */
  readonly arm: string;
  /** Multiplications of its convolutions in the forward pass over one batch. */
  readonly multiplications: number;
}

/**
 * From how many multiplications `auto` takes native: nowhere yet. It is the one number to change when the table below,
 * to which `wellfit doctor --measure` adds, says otherwise.
 *
 * Time of native over that of wasm (threads: auto, which may have taken one), medians of 9 training steps on 2 cores that other
 * work shared, batches of 32 but for the last; TensorFlow 2.21, native by the composed form of all operations:
 *
 *     multiplications   network                              native / wasm
 *          52 million   3 x 3: 16, 32                                  1.9
 *         498 million   5 x 5: 32, 64                                  5.5
 *       1,236 million   3 x 3: 32-32, 64-64, 128-128                   2.0
 *       4,889 million   3 x 3: 64-64, 128-128, 256-256                 1.6
 *       4,945 million   3 x 3: 32-32, 64-64, 128-128, batch 128        1.6
 */
export const nativeFrom = Infinity;

/**
 * Whether native is worth taking where both it and wasm are there, and why, in one clause. Only large convolutions can
 * make up for what TensorFlow takes for each operation; multi-layer perceptrons are several times as fast on wasm.
 *
 * @param work Undefined where it is not known.
 */
export function nativePays(
  work: StepWork | undefined,
  from: number = nativeFrom,
): { readonly native: boolean; readonly reason: string } {
  if (!work) return { native: false, reason: 'how large the model is was not known' };
  const { arm, multiplications } = work;
  const size = `a step of the largest arm, ${arm}, has ${millions(multiplications)} multiplications in its convolutions`;
  if (multiplications === 0) {
    return { native: false, reason: `no arm has convolutions, without which wasm is faster than native` };
  }
  if (from === Infinity) {
    return {
      native: false,
      reason: `${size}, and wasm was faster than native with every size that was measured`,
    };
  }
  const native = multiplications >= from;
  return { native, reason: `${size}; native is faster from ${millions(from)}` };
}

function millions(count: number): string {
  return `${Math.round(count / 1e6).toLocaleString('en-US')} million`;
}
