import { sep } from 'node:path';
import { definePlugin, type Activation, type Backend, type Probe } from '@wellfit/core';
import { z } from 'zod';
import { BackendError } from './errors.js';
import { installedPackage, packageFile } from './installed-package.js';
import { makeCurrent, refuseMixing } from './make-current.js';
import { quietly } from './quietly.js';
import { webAssembly } from './web-assembly.js';
import { withoutNewHandlers } from './without-new-handlers.js';

const PACKAGE = '@tensorflow/tfjs-backend-wasm';
const ADVICE = `Reinstall ${PACKAGE}; \`wellfit doctor\` shows what this host offers.`;

const options = z
  .strictObject({
    threads: z
      .union([z.literal('auto'), z.int().min(1).max(64)])
      .default('auto')
      .describe(
        'How many threads compute; `auto`: those of the machine, where a measurement shows that they help.',
      ),
    numerics: z
      .enum(['exact', 'fast'])
      .default('exact')
      .describe('How kernels round, see the experiment file.'),
  })
  .prefault({});

/**
 * WebAssembly, the default: nothing to install. Activation also adds the kernels with which it trains: see
 * `registerTrainingKernels` of `@wellfit/wasm-kernels`. Options that differ from those of a first activation change
 * nothing, as the backend runs already.
 *
 * @example
 * await wasm().activate(); // from here on every TensorFlow.js operation runs there
 */
export const wasm = definePlugin({
  kind: 'backend',
  name: 'wasm',
  description: 'WebAssembly with SIMD and threads: runs everywhere, the default.',
  options,
  create: (given): Backend => ({
    name: 'wasm',
    probe: () => Promise.resolve(probe()),
    activate: () => activate(given),
  }),
});

function probe(): Probe {
  const found = installedPackage(PACKAGE);
  if (!found) return { available: false, detail: `missing: npm install ${PACKAGE}` };
  const support = webAssembly();
  if (!support) return { available: false, detail: 'this JavaScript engine has no WebAssembly' };
  const simd = support.simd ? 'SIMD' : 'no SIMD on this host, so slow';
  return { available: true, detail: `TensorFlow.js ${found.version}, ${simd}` };
}

async function activate({ threads, numerics }: z.output<typeof options>): Promise<Activation> {
  const found = installedPackage(PACKAGE);
  if (!found)
    throw new BackendError('backend-missing', `The backend wasm is missing: npm install ${PACKAGE}`);
  // Before the kernels are registered, which makes it the current backend.
  await refuseMixing('wasm');
  const wasmPath = packageFile(found, 'dist') + sep;
  const kernels = await quietly(() =>
    withoutNewHandlers(async () => {
      // Loaded here and not above, so that choosing a backend loads no TensorFlow.js.
      const { registerTrainingKernels } = await import('@wellfit/wasm-kernels');
      const result = await starting(registerTrainingKernels({ threads, numerics, wasmPath }));
      // It may have run before, but not be the current one.
      await makeCurrent('wasm', ADVICE);
      return result;
    }),
  );
  if (kernels.warning !== undefined) process.emitWarning(kernels.warning, { code: 'WELLFIT_KERNELS' });
  const count = kernels.threads === 1 ? '1 thread' : `${kernels.threads} threads`;
  return {
    numerics: kernels.active ? kernels.numerics : 'stock',
    detail: kernels.active ? count : 'without training kernels',
    reason: kernels.warning ?? kernels.reason,
  };
}

async function starting<T>(start: Promise<T>): Promise<T> {
  try {
    return await start;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const code = (cause as { code?: unknown }).code;
    // Of the kernels' own files, whose message says what to do.
    const advice = code === 'kernels-missing' || code === 'kernels-damaged' ? '' : ` ${ADVICE}`;
    throw new BackendError('backend-failed', `The backend wasm did not start: ${reason}${advice}`, { cause });
  }
}
