import { definePlugin, noOptions, type Backend } from '@wellfit/core';
import { installedPackage } from './installed-package.js';
import { makeCurrent } from './make-current.js';
import { quietly } from './quietly.js';

/**
 * Plain JavaScript: runs everywhere and lacks no operation, but is many times slower than `wasm`.
 *
 * @example
 * await cpu().activate();
 */
export const cpu = definePlugin({
  kind: 'backend',
  name: 'cpu',
  description: 'Plain JavaScript: runs everywhere, slow; for checks and as the last resort.',
  options: noOptions,
  create: (): Backend => ({
    name: 'cpu',
    probe: () => {
      const found = installedPackage('@tensorflow/tfjs-backend-cpu');
      return Promise.resolve(
        found
          ? { available: true, detail: `TensorFlow.js ${found.version}, plain JavaScript, slow` }
          : { available: false, detail: 'missing: npm install @tensorflow/tfjs-backend-cpu' },
      );
    },
    activate: async () => {
      await quietly(async () => {
        await import('@tensorflow/tfjs-backend-cpu');
        await makeCurrent('cpu', 'Reinstall @tensorflow/tfjs-backend-cpu.');
        const { tensor1d } = await import('@tensorflow/tfjs-core');
        // The backend greets when it stores its first tensor: let it do so in here.
        tensor1d([0]).dispose();
      });
      return { numerics: 'exact', detail: '', reason: '' };
    },
  }),
});
