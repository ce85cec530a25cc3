/**
 * GFLOP/s of single kernels of the wasm backend, called without the bookkeeping of TensorFlow.js around them. Counted are
 * the operations of the textbook's algorithm, also where a kernel gets by with fewer.
 */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { convolutions, products } from '../kernel-shapes.mjs';
import { median } from '../median.mjs';

const job = JSON.parse(process.argv[2]);
const BATCH = 32;
/** A time is the mean of so many milliseconds' worth of calls, and the median of so many times. */
const [ENOUGH, TIMES] = [20, 9];

if (job.stock) {
  setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  await tf.setBackend('wasm');
} else {
  const { wasm } = await import('@wellfit/backends');
  await wasm({ threads: job.threads, numerics: job.numerics }).activate();
}
const backend = tf.backend();
const rates = {};

for (const [m, k, n, operation] of products) {
  const [transposeA, transposeB] = [...operation].map((letter) => letter === 'T');
  const a = tf.randomNormal(transposeA ? [k, m] : [m, k]);
  const b = tf.randomNormal(transposeB ? [n, k] : [k, n]);
  rates[`${m}x${k}x${n} ${operation}`] = rate(
    'BatchMatMul',
    { a, b },
    { transposeA, transposeB },
    2 * m * k * n,
  );
  tf.dispose([a, b]);
}

for (const [side, channels, filters] of convolutions) {
  const x = tf.randomNormal([BATCH, side, side, channels]);
  const dy = tf.randomNormal([BATCH, side, side, filters]);
  const filter = tf.randomNormal([3, 3, channels, filters]);
  const attrs = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 1 };
  const flops = 2 * dy.size * 9 * channels;
  const name = `conv ${side}x${side} ${channels}->${filters}`;
  rates[`${name} forward`] = rate('Conv2D', { x, filter }, attrs, flops);
  // Nothing asks for the gradient by an image.
  if (channels > 3)
    rates[`${name} dX`] = rate(
      'Conv2DBackpropInput',
      { dy, filter },
      { ...attrs, inputShape: x.shape },
      flops,
    );
  rates[`${name} dW`] = rate(
    'Conv2DBackpropFilter',
    { x, dy },
    { ...attrs, filterShape: filter.shape },
    flops,
  );
  tf.dispose([x, dy, filter]);
}
console.log(JSON.stringify({ rates, endedAt: Date.now() }));

/** GFLOP/s of a kernel; null where the backend has none. */
function rate(name, inputs, attrs, flops) {
  const kernel = tf.getKernel(name, 'wasm');
  if (!kernel) return null;
  const call = () => backend.disposeData(kernel.kernelFunc({ inputs, attrs, backend }).dataId);
  const first = time(call, 1);
  const calls = Math.max(1, Math.round(ENOUGH / first));
  return flops / median(Array.from({ length: TIMES }, () => time(call, calls))) / 1e6;
}

/** Milliseconds a call. */
function time(call, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) call();
  return (performance.now() - start) / calls;
}
