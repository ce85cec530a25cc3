import { execFile } from 'node:child_process';
import type { BackendError } from '../errors.js';
import type { InstalledPackage } from '../installed-package.js';
import { restoreOldUtil } from './restore-old-util.js';

// node-pre-gyp is what tfjs-node asks for the place of its addon.
const SCRIPT = `
(${restoreOldUtil.toString()})(require('node:util'));
const [folder, addon] = process.argv.slice(1);
const own = require('node:module').createRequire(folder + '/package.json');
own('@mapbox/node-pre-gyp/lib/pre-binding').find = () => addon;
console.log = console.info = console.warn = () => undefined;
const tf = own(folder);
const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync();
process.stdout.write(JSON.stringify([tf.getBackend(), own(addon).TF_Version, ...product]));
`;

/**
 * Loads tfjs-node with an addon in a process of its own and multiplies two small matrices there: an addon that does not
 * fit its TensorFlow may end the process. Takes about a second.
 *
 * @param failed Makes the error of what is wrong, one clause.
 * @returns The version of TensorFlow, as the library itself says it.
 */
export async function proveAddon(
  tfjsNode: InstalledPackage,
  addon: string,
  failed: (what: string, cause?: unknown) => BackendError,
  signal?: AbortSignal,
): Promise<string> {
  // Every symbol is looked up now and not when it is first called, so that one that is missing is found.
  const env = { ...process.env, LD_BIND_NOW: '1', TF_CPP_MIN_LOG_LEVEL: '2' };
  const answer = await new Promise<string>((resolve, reject) => {
    const options = { env, timeout: 120_000, signal };
    execFile(process.execPath, ['-e', SCRIPT, tfjsNode.folder, addon], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (signal?.aborted) return reject(signal.reason as Error);
      const crash = error.signal ? `the process was ended by ${error.signal}` : undefined;
      const line = /^\w*Error: (.*?)[. ]*$/m.exec(stderr)?.[1] ?? stderr.trim().split('\n').at(-1);
      reject(failed(`it does not load: ${crash ?? line ?? error.message}`, error));
    });
  });
  const [backend, version, ...product] = JSON.parse(answer) as [string, string, ...number[]];
  if (backend === 'tensorflow' && product.join() === '19,22,43,50') return version;
  throw failed(`[[1,2],[3,4]] times [[5,6],[7,8]] gave ${product.join()} on ${backend}, not 19,22,43,50`);
}
