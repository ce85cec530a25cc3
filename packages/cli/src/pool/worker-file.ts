import { fileURLToPath } from 'node:url';

/** The module that a worker thread runs. */
export const workerFile = fileURLToPath(new URL('./run-worker.js', import.meta.url));
