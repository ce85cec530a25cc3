import { heapOf } from '../host/emscripten-heap.js';
import type { KernelHost } from '../host/kernel-host.js';
import { multiplyMatrices } from '../matmul/matrix-product.js';

/** A product that takes one thread about 0.2 ms: as small as what a step of training divides. */
const [M, N, K] = [128, 128, 256];

const RUNS = 15;
const ROUNDS = 3;

/** Division must save at least a tenth, else its noise is not worth it. */
const WORTH = 0.9;

/**
 * Measures whether a second thread helps on this host now: where other programs occupy the cores it does not.
 *
 * @param host Has a crew; afterwards too.
 * @returns How much faster the several are, and whether that is enough; the best of three rounds of about 10 ms.
 */
export function divisionPays(host: KernelHost): { pays: boolean; speedup: number } {
  const heap = heapOf(host.backend);
  const block = heap._malloc(4 * (M * K + K * N + M * N)) >>> 0;
  try {
    new Float32Array(heap.HEAPU8.buffer, block, M * K + K * N).fill(1);
    const product = {
      ...{ a: block, b: block + 4 * M * K, c: block + 4 * (M * K + K * N) },
      ...{ m: M, n: N, k: K, transposeA: false, transposeB: false },
    };
    const { crew } = host;
    const median = (threads: typeof crew): number => {
      host.crew = threads;
      const times = Array.from({ length: RUNS }, () => {
        const start = performance.now();
        multiplyMatrices(host, product);
        return performance.now() - start;
      });
      return times.sort((x, y) => x - y)[RUNS >> 1];
    };
    // So that the host has compiled the kernels for good, and the threads are awake.
    for (const threads of [undefined, crew]) median(threads);
    let speedup = 0;
    for (let round = 0; round < ROUNDS && speedup * WORTH < 1; round++) {
      speedup = Math.max(speedup, median(undefined) / median(crew));
    }
    return { pays: speedup * WORTH >= 1, speedup };
  } finally {
    heap._free(block);
  }
}
