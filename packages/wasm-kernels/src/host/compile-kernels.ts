import { KernelError } from '../errors.js';
import { builtin } from './builtin.js';
import { readBinary } from './read-binary.js';
import { withSharedMemory } from '../threads/with-shared-memory.js';

/**
 * How kernels round. `exact`: as IEEE 754 says, after every operation, so that every host gives the same bits. `fast`:
 * a product and the sum that it goes into may be rounded once, which is faster, and differs from host to host in the
 * last bits.
 */
export type Numerics = 'exact' | 'fast';

/** The module, ready to be made an instance of. */
export interface CompiledKernels {
  readonly module: WebAssembly.Module;
  readonly numerics: Numerics;
  /** Why it is `exact` although `fast` was asked for. */
  readonly warning?: string;
}

/**
 * Compiles the module; where the host cannot do `fast`, the `exact` one.
 *
 * @param shared Whether the memory that it will be given is shared.
 * @throws KernelError `kernels-missing` where it cannot be read, `kernels-damaged` where it is no module.
 * @throws WebAssembly.CompileError where the host has no SIMD.
 */
export async function compileKernels(numerics: Numerics, shared: boolean): Promise<CompiledKernels> {
  if (numerics === 'fast') {
    allowRelaxedSimd();
    try {
      return { module: await compile('kernels-fast.wasm', shared), numerics };
    } catch (error) {
      if (!(error instanceof WebAssembly.CompileError)) throw error;
    }
  }
  const module = await compile('kernels.wasm', shared);
  if (numerics === 'exact') return { module, numerics };
  const warning =
    'numerics: exact instead of fast, since this host has no relaxed SIMD (Node 20.20 and later do)';
  return { module, numerics: 'exact', warning };
}

async function compile(
  file: 'kernels.wasm' | 'kernels-fast.wasm',
  shared: boolean,
): Promise<WebAssembly.Module> {
  const binary = await readBinary(file);
  let module = binary;
  try {
    if (shared) module = withSharedMemory(binary);
  } catch (cause) {
    throw new KernelError(
      'kernels-damaged',
      `The file ${file} of @wellfit/wasm-kernels is damaged: install the package anew, or in a clone of the repository ` +
        'run `npm run build`.',
      { cause },
    );
  }
  return WebAssembly.compile(module as BufferSource);
}

/** Node 20 has relaxed SIMD behind a flag, which counts for what is compiled from now on. Later ones need none. */
function allowRelaxedSimd(): void {
  const node = (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node;
  if (node?.startsWith('20.')) {
    builtin('node:v8')?.setFlagsFromString('--experimental-wasm-relaxed-simd');
  }
}
