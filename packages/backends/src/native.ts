import { existsSync, readdirSync } from 'node:fs';
import { definePlugin, noOptions, type Activation, type Backend, type Probe } from '@wellfit/core';
import { BackendError } from './errors.js';
import { installedPackage, packageFile } from './installed-package.js';
import { makeCurrent } from './make-current.js';
import { quietly } from './quietly.js';

const PACKAGE = '@tensorflow/tfjs-node';
const ADVICE = `npm install ${PACKAGE}@4.22.0 (downloads the TensorFlow library; Linux, macOS or Windows on x64)`;

/**
 * TensorFlow's own library through `@tensorflow/tfjs-node`, an optional peer: it is only there where somebody
 * installed it.
 */
export const native = definePlugin({
  kind: 'backend',
  name: 'native',
  description: 'TensorFlow by @tensorflow/tfjs-node, where that is installed: all cores.',
  options: noOptions,
  create: (): Backend => ({ name: 'native', probe: () => Promise.resolve(probe()), activate }),
});

/** Looks without loading: the addon starts threads and cannot be unloaded again. */
function probe(): Probe {
  const found = installedPackage(PACKAGE);
  if (!found) return { available: false, detail: `not installed: ${ADVICE}` };
  const library = packageFile(found, 'lib');
  const built =
    existsSync(library) &&
    readdirSync(library).some((folder) => existsSync(packageFile(found, 'lib', folder, 'tfjs_binding.node')));
  return built
    ? { available: true, detail: `tfjs-node ${found.version}` }
    : {
        available: false,
        detail: `tfjs-node ${found.version} is there without its addon: npm rebuild ${PACKAGE}`,
      };
}

async function activate(): Promise<Activation> {
  const { available, detail } = probe();
  if (!available) throw new BackendError('backend-missing', `The backend native is missing, ${detail}`);
  // TensorFlow itself writes to stderr while it loads; 2 leaves errors only.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const name: string = PACKAGE; // not a literal: TypeScript need not find what is optional
  try {
    await quietly(() => import(name));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new BackendError(
      'backend-failed',
      `The backend native does not load: ${reason}. Try npm rebuild ${PACKAGE}, or use --backend wasm.`,
      { cause },
    );
  }
  await makeCurrent('tensorflow', `Reinstall ${PACKAGE}, or use --backend wasm.`);
  return { numerics: 'exact', detail: '', reason: '' };
}
