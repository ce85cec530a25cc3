import { sep } from 'node:path';
import { definePlugin, noOptions, type Backend, type Probe } from '@wellfit/core';
import { BackendError } from './errors.js';
import { installedPackage, packageFile } from './installed-package.js';
import { makeCurrent } from './make-current.js';
import { quietly } from './quietly.js';
import { webAssembly } from './web-assembly.js';
import { withoutNewHandlers } from './without-new-handlers.js';

const PACKAGE = '@tensorflow/tfjs-backend-wasm';

/**
 * WebAssembly, the default: one thread, nothing to install. Activation also adds the kernels that training needs and
 * TensorFlow.js lacks there, or has slow or wrong: see `registerTrainingKernels`.
 *
 * @example
 * await wasm().activate(); // from here on every TensorFlow.js operation runs there
 */
export const wasm = definePlugin({
  kind: 'backend',
  name: 'wasm',
  description: 'WebAssembly with SIMD, one thread: runs everywhere, the default.',
  options: noOptions,
  create: (): Backend => ({ name: 'wasm', probe: () => Promise.resolve(probe()), activate }),
});

function probe(): Probe {
  const found = installedPackage(PACKAGE);
  if (!found) return { available: false, detail: `missing: npm install ${PACKAGE}` };
  const support = webAssembly();
  if (!support) return { available: false, detail: 'this JavaScript engine has no WebAssembly' };
  const simd = support.simd ? 'SIMD' : 'no SIMD on this host, so slow';
  return { available: true, detail: `TensorFlow.js ${found.version}, ${simd}, one thread` };
}

async function activate(): Promise<void> {
  const found = installedPackage(PACKAGE);
  if (!found)
    throw new BackendError('backend-missing', `The backend wasm is missing: npm install ${PACKAGE}`);
  await quietly(() =>
    withoutNewHandlers(async () => {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(packageFile(found, 'dist') + sep);
      await makeCurrent('wasm', `Reinstall ${PACKAGE}; \`wellfit doctor\` shows what this host offers.`);
      // Loaded here and not above, so that choosing a backend loads no TensorFlow.js.
      const { registerTrainingKernels } = await import('@wellfit/wasm-kernels');
      await registerTrainingKernels();
    }),
  );
}
