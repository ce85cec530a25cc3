import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** With these a page may share memory between threads. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const NOTHING = 'data:text/javascript,export default {}';
const tensorflow = (name: string, file: string): [string, string] => [
  `@tensorflow/${name}`,
  `/node_modules/@tensorflow/${name}/dist/${file}`,
];
const wellfit = (name: string): [string, string] => [`@wellfit/${name}`, `/packages/${name}/dist/index.js`];

/** Where the browser finds packages by name: the ES modules as they are built and installed, without a bundler. */
const IMPORTS = Object.fromEntries([
  tensorflow('tfjs-core', 'tf-core.fesm.min.js'),
  tensorflow('tfjs-layers', 'tf-layers.fesm.min.js'),
  tensorflow('tfjs-backend-wasm', 'tf-backend-wasm.fesm.min.js'),
  ...['core', 'layers', 'regularizers', 'wasm-kernels'].map(wellfit),
  ['rxjs', '/node_modules/rxjs/dist/esm/index.js'],
  ['tslib', '/node_modules/tslib/tslib.es6.mjs'],
  ['zod', '/node_modules/zod/index.js'],
  // Imported by the wasm backend, used in Node only.
  ...['fs', 'os', 'path', 'perf_hooks'].map((name) => [name, NOTHING]),
] as [string, string][]);

const PAGE = `<!doctype html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;

/**
 * Serves the files of the repository to a browser on this machine, and at `/` a page that finds the packages by name.
 *
 * @param isolated Whether pages are cross-origin isolated.
 */
export async function serveRepository(
  root: string,
  isolated: boolean,
): Promise<{ address: string; server: Server }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url!, 'http://localhost').pathname);
    // The modules of rxjs import each other without an ending.
    const file = extname(path) ? path : `${path}.js`;
    const headers = { 'Content-Type': TYPES[extname(file)] ?? 'text/plain', ...(isolated && ISOLATION) };
    if (path === '/') response.writeHead(200, { ...headers, 'Content-Type': 'text/html' }).end(PAGE);
    else
      readFile(join(root, file)).then(
        (bytes) => response.writeHead(200, headers).end(bytes),
        () => response.writeHead(404, headers).end(),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
