import { getBackend, getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Times every kernel of the current backend from here on. A kernel that others are made of counts for the one called. */
export function profileKernels() {
  const backend = getBackend();
  const spent = new Map();
  let depth = 0;
  for (const kernel of getKernelsForBackend(backend)) {
    const kernelFunc = (args) => {
      const start = performance.now();
      depth += 1;
      try {
        return kernel.kernelFunc(args);
      } finally {
        depth -= 1;
        const entry = spent.get(kernel.kernelName) ?? { time: 0, calls: 0 };
        if (depth === 0)
          spent.set(kernel.kernelName, {
            time: entry.time + performance.now() - start,
            calls: entry.calls + 1,
          });
      }
    };
    unregisterKernel(kernel.kernelName, backend);
    registerKernel({ ...kernel, kernelFunc });
  }
  return {
    clear: () => spent.clear(),
    /** @param all Milliseconds of the whole epoch. */
    print(all) {
      const line = (name, time, calls = '') =>
        console.log(`${name.padEnd(32)} ${time.toFixed(1).padStart(9)} ms ${String(calls).padStart(8)}`);
      const sorted = [...spent].sort(([, a], [, b]) => b.time - a.time);
      for (const [name, { time, calls }] of sorted.slice(0, 20)) line(name, time, calls);
      const kernels = sorted.reduce((sum, [, { time }]) => sum + time, 0);
      line('outside of kernels', all - kernels);
      line('epoch', all);
    },
  };
}
