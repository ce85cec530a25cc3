import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BackendError } from '../errors.js';

/**
 * The folder of Node's own headers. Which version they are of does not matter: the addon keeps to Node-API 8.
 *
 * @param given Where to look; a folder with `node_api.h`, or an unpacked Node.js. Default: beside the running Node.js.
 * @throws BackendError `bad-option`.
 */
export function nodeHeaders(given?: string): string {
  const root = given === undefined ? join(dirname(realpathSync(process.execPath)), '..') : resolve(given);
  const folders = [join(root, 'include', 'node'), root];
  const found = folders.find((folder) => existsSync(join(folder, 'node_api.h')));
  if (found !== undefined) return found;
  throw new BackendError(
    'bad-option',
    `Node's headers are missing: ${join(folders[given === undefined ? 0 : 1], 'node_api.h')}. They come with the ` +
      'downloads of nodejs.org; name an unpacked one, or its include/node, by --node-headers.',
  );
}
