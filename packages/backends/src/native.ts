import { availableParallelism, cpus } from 'node:os';
import { definePlugin, noOptions, type Activation, type Backend } from '@wellfit/core';
import { BackendError } from './errors.js';
import { installedPackage, type InstalledPackage } from './installed-package.js';
import { makeCurrent, refuseMixing } from './make-current.js';
import { loadTfjsNode } from './native/load-tfjs-node.js';
import { probeAddon } from './native/probe-addon.js';
import { TFJS_NODE } from './native/tfjs-node.js';

/** The name of the backend of tfjs-node within TensorFlow.js. */
const TF_NAME = 'tensorflow';

/**
 * TensorFlow's own library through `@tensorflow/tfjs-node`, an optional peer: it is only there where somebody
 * installed it.
 */
export const native = definePlugin({
  kind: 'backend',
  name: 'native',
  description: 'TensorFlow by @tensorflow/tfjs-node, where that is installed: all cores.',
  options: noOptions,
  create: () => nativeFrom(installedPackage(TFJS_NODE)),
});

/** The backend of one installed tfjs-node; undefined stands for one that is missing. */
export function nativeFrom(found: InstalledPackage | undefined): Backend {
  return {
    name: 'native',
    probe: () => Promise.resolve(probeAddon(found)),
    activate: () => activate(found),
  };
}

async function activate(found: InstalledPackage | undefined): Promise<Activation> {
  const { available, detail } = probeAddon(found);
  if (!found || !available) {
    throw new BackendError('backend-missing', `The backend native is missing, ${detail}`);
  }
  // Before loading, by which tfjs-node makes itself current.
  await refuseMixing(TF_NAME);
  const version = await loadTfjsNode(found);
  await makeCurrent(TF_NAME, `Reinstall ${TFJS_NODE}, or use --backend wasm.`);
  // Loaded here and not above, so that choosing a backend loads no TensorFlow.js.
  const { registerNativeKernels } = await import('./native/kernels/register-native-kernels.js');
  registerNativeKernels();
  // Its bits depend on the version, the build and the processor, which `exact` must not.
  return {
    numerics: 'native',
    detail: `TensorFlow ${version}`,
    reason: '',
    versions: { tensorflow: version, 'tfjs-node': found.version, 'tensorflow host': processor() },
  };
}

/** What decides how the library divides and orders sums: its code for this processor, and how many threads it starts. */
function processor(): string {
  return `${process.arch}, ${cpus()[0]?.model.trim() || 'unknown processor'}, ${availableParallelism()} cores`;
}
