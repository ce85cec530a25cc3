import { KernelError } from '../errors.js';
import { registerFused } from './register-fused.js';

/** Multiplications that take as long as to look up a byte. */
const WORK_A_BYTE = 8;

/**
 * `WellfitReadImages`: a batch `[images, ...shape]` of images whose bytes stay on the heap, each byte replaced by the
 * float that a table holds for it.
 *
 * It throws KernelError `bad-row` where an image is chosen that is not there.
 */
export function registerReadImages(): void {
  registerFused<object, ReadImagesAttrs>('WellfitReadImages', (host, _, { pixels, chosen, shape, table }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const all = size > 0 ? Math.floor(pixels.length / size) : 0;
    const wrong = chosen.find((image) => image >= all);
    if (wrong !== undefined) {
      throw new KernelError('bad-row', `A batch names image ${wrong} of ${all}.`);
    }
    const [bytes] = host.residents.addresses(pixels, [pixels]);
    const [floats] = host.residents.addresses(table, [table]);
    const out = host.output([chosen.length, ...shape]);
    const numbers = host.scratch(4 * chosen.length);
    host.write(chosen, numbers);
    const args = [bytes, numbers, floats, host.address(out), size, table.length / 256];
    host.run('readImages', args, chosen.length, WORK_A_BYTE * chosen.length * size);
    return out;
  });
}

/** Not tensors, so that the bytes can stay on the heap over all batches. */
interface ReadImagesAttrs {
  /** The bytes of all images, one after the other. */
  readonly pixels: Uint8Array;
  /** Numbers of the images that are the batch. */
  readonly chosen: Uint32Array;
  /** Of an image; its last axis goes through the channels. */
  readonly shape: readonly number[];
  /** 256 floats, or 256 for each channel. */
  readonly table: Float32Array;
}
