import { LayerError } from './errors.js';
import type { LayerHost } from './layer.js';

/** A shape as errors show it. */
export function shownShape(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

/**
 * Refuses multi-hot rows where a layer computes with a dense tensor.
 *
 * @throws LayerError `bad-shape`.
 */
export function requireDense(name: string, { inputKind = 'dense', inputShape }: LayerHost): void {
  if (inputKind === 'dense') return;
  throw new LayerError(
    'bad-shape',
    `Layer ${name} cannot read multi-hot rows of the shape ${shownShape(inputShape)}: put a dense layer before it.`,
  );
}

/**
 * Refuses a batch whose rows are not of the shape that a layer was built for: it would be computed with whatever lies in
 * memory behind it.
 *
 * @param shape Of the batch, with its rows as the first axis.
 * @throws LayerError `bad-shape`.
 */
export function requireRows(name: string, { inputShape }: LayerHost, shape: readonly number[]): void {
  if (shape.length === inputShape.length + 1 && inputShape.every((length, i) => length === shape[i + 1]))
    return;
  throw new LayerError(
    'bad-shape',
    `Layer ${name} is built for rows of the shape ${shownShape(inputShape)}, got a batch of the shape ` +
      `${shownShape(shape)}: check that the dataset's rows have the shape that it declares.`,
  );
}

/**
 * The shape of a layer's input as an image.
 *
 * @throws LayerError `bad-shape` where it is none.
 */
export function imageShape(name: string, host: LayerHost): readonly [number, number, number] {
  requireDense(name, host);
  const [height, width, channels, ...more] = host.inputShape;
  if (channels === undefined || more.length > 0) {
    throw new LayerError(
      'bad-shape',
      `Layer ${name} needs images [height, width, channels], but its input has the shape ${shownShape(host.inputShape)}.`,
    );
  }
  return [height, width, channels];
}

/**
 * Checks a number that says how wide something is.
 *
 * @param what Plural, for instance `units`.
 * @throws LayerError `bad-shape` where it is not a whole number of at least 1.
 */
export function requireWhole(name: string, what: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new LayerError(
    'bad-shape',
    `Layer ${name} needs a whole number of ${what}, at least 1, not ${value}.`,
  );
}
