/** How much one training step computes, as far as the choice of a backend depends on it. */
export interface StepWork {
  /** The arm that it is of, the largest of the experiment. */
  readonly arm: string;
  /** Multiplications of its convolutions in the forward pass over one batch. */
  readonly multiplications: number;
}

/**
 * From how many multiplications `auto` takes native: the smallest measured step in which it was faster. It is the one
 * number to change when the table below, to which `wellfit doctor --measure` adds, says otherwise.
 *
 * Time of native over that of wasm with 2 threads, both the lower and the higher of two medians of 25 training steps, on 2
 * cores that nothing else used; batches of 32 but for the last; TensorFlow 2.21 by an addon of `wellfit native build`, whose
 * pooling and convolutions with bias and relu are single operations of oneDNN:
 *
 *     multiplications   network                                   native / wasm
 *          52 million   3 x 3: 16, 32                              1.20 to 1.24
 *         203 million   3 x 3: 16-16, 32-32                        0.81 to 0.84
 *         498 million   5 x 5: 32, 64                                      0.43
 *       1,236 million   3 x 3: 32-32, 64-64, 128-128               0.69 to 0.70
 *       4,889 million   3 x 3: 64-64, 128-128, 256-256             0.53 to 0.54
 *       4,945 million   3 x 3: 32-32, 64-64, 128-128, batch 128    0.50 to 0.51
 */
export const nativeFrom = 200e6;

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
  const native = multiplications >= from;
  return { native, reason: `${size}; native is faster from ${millions(from)}` };
}

function millions(count: number): string {
  return `${Math.round(count / 1e6).toLocaleString('en-US')} million`;
}
