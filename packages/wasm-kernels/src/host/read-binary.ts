import { KernelError } from '../errors.js';
import { readBytes } from './read-bytes.js';

/**
 * Reads a module that lies in `dist/` of this package: from disk in Node, over the network in a browser.
 *
 * @throws KernelError `kernels-missing`.
 */
export async function readBinary(file: 'kernels.wasm' | 'kernels-fast.wasm'): Promise<Uint8Array> {
  // Written out, so that bundlers find the files. The address is the same from `src/` as from `dist/`.
  const url =
    file === 'kernels.wasm'
      ? new URL('../../dist/kernels.wasm', import.meta.url)
      : new URL('../../dist/kernels-fast.wasm', import.meta.url);
  try {
    return await readBytes(url);
  } catch (cause) {
    throw new KernelError(
      'kernels-missing',
      `The training kernels could not be read from ${url.href}. In a clone of the repository run \`npm run build\`; ` +
        'with a bundler, see that it copies the file.',
      { cause },
    );
  }
}
