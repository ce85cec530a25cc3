import type { TensorInfo } from '@tensorflow/tfjs-core';
import { registerNative, type NativeHost } from './native-host.js';

/**
 * Losses of logits, each `[mean, slopes]`, the slopes by the logits:
 *
 * - `WellfitSoftmaxCrossEntropy`: mean over rows; targets as the logits, or class numbers, as many as there are rows,
 *   which must have been checked.
 * - `WellfitBinaryCrossEntropy`, `WellfitSquaredError`: mean over all elements; targets as many as logits.
 *
 * Numbers as few as a batch has rows are taken on the host: to call the ten operations that it would be takes longer.
 */
export function registerLosses(host: NativeHost): void {
  registerNative<LossInputs, object>('WellfitSoftmaxCrossEntropy', (inputs) => softmax(host, inputs));
  registerElementwise(host, 'WellfitBinaryCrossEntropy', (z, y) => {
    const small = Math.exp(-Math.abs(z));
    const probability = (z >= 0 ? 1 : small) / (1 + small);
    return [Math.max(z, 0) - z * y + Math.log1p(small), probability - y];
  });
  registerElementwise(host, 'WellfitSquaredError', (z, y) => [(z - y) ** 2, 2 * (z - y)]);
}

function softmax(host: NativeHost, { logits, targets }: LossInputs): TensorInfo[] {
  const [rows, columns] = logits.shape;
  const sparse = targets.shape.length < 2 || targets.shape[1] !== columns;
  const classes = sparse ? [host.handle(Int32Array.from(host.read(targets)))] : [];
  const operation = sparse ? 'SparseSoftmaxCrossEntropyWithLogits' : 'SoftmaxCrossEntropyWithLogits';
  const [losses, slopes] = host.run(operation, [logits, ...(sparse ? classes : [targets])], [], 2);
  let total = 0;
  for (const loss of host.read(losses)) total += loss;
  host.free([...classes, losses]);
  const scaled = host.one('Mul', [slopes, host.constant(1 / rows)], [], [slopes]);
  return [scalarOf(host, total / rows), host.output(scaled)];
}

/** @param term Of one logit and its target the loss, and its derivative by the logit. */
function registerElementwise(
  host: NativeHost,
  kernel: string,
  term: (z: number, y: number) => readonly [loss: number, slope: number],
): void {
  registerNative<LossInputs, object>(kernel, ({ logits, targets }) => {
    const z = host.read(logits);
    const y = host.read(targets);
    const slopes = new Float32Array(z.length);
    let total = 0;
    for (let i = 0; i < z.length; i++) {
      const [loss, slope] = term(z[i], y[i]);
      total += loss;
      slopes[i] = slope / z.length;
    }
    return [scalarOf(host, total / z.length), host.output(host.handle(slopes, logits.shape))];
  });
}

function scalarOf(host: NativeHost, value: number): TensorInfo {
  return host.output(host.handle(Float32Array.of(value), []));
}

interface LossInputs {
  readonly logits: TensorInfo;
  readonly targets: TensorInfo;
}
