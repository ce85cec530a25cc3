import { createRequire } from 'node:module';
import { BackendError } from '../errors.js';
import type { InstalledPackage } from '../installed-package.js';
import { quietly } from '../quietly.js';
import { restoreOldUtil } from './restore-old-util.js';
import { addonFile } from './tfjs-node.js';

/**
 * Loads tfjs-node, which registers its backend with TensorFlow.js; nothing can unload it again.
 *
 * @returns The version of the TensorFlow library behind it.
 * @throws BackendError `backend-failed`, in one line.
 */
export async function loadTfjsNode(tfjsNode: InstalledPackage): Promise<string> {
  // TensorFlow itself writes to stderr while it loads; 2 leaves errors only.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const require = createRequire(import.meta.url);
  restoreOldUtil(require('node:util') as object);
  try {
    await quietly(() => Promise.resolve(require(tfjsNode.folder)));
    return (require(addonFile(tfjsNode)) as { TF_Version: string }).TF_Version;
  } catch (cause) {
    throw new BackendError(
      'backend-failed',
      `The backend native does not load: ${reasonOf(cause)}. Build its addon (wellfit native build), or use --backend wasm.`,
      { cause },
    );
  }
}

function reasonOf(cause: unknown): string {
  const [line] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return line.trim().replace(/\.$/, '');
}
