import type { Tensor } from '@tensorflow/tfjs-core';
import { runKernel } from '@wellfit/core';
import { NativeHost } from './native-host.js';
import { expectClose, normalTensor, onNative, useNative, valuesOn } from './native-kernels.test-support.js';

useNative();

type Case = [x: number[], filter: number[], strides: [number, number], pad: 'same' | 'valid', dy: number[]];

const cases: Case[] = [
  [[2, 9, 8, 3], [3, 3, 3, 5], [1, 1], 'same', [2, 9, 8, 5]],
  [[2, 9, 8, 3], [3, 2, 3, 5], [1, 1], 'valid', [2, 7, 7, 5]],
  [[2, 9, 8, 3], [3, 3, 3, 5], [2, 3], 'same', [2, 5, 3, 5]],
];

function filterGradient([x, filterShape, strides, pad, dy]: Case): Tensor {
  const inputs = { x: normalTensor(x, 'x'), dy: normalTensor(dy, 'dy') };
  return runKernel('Conv2DBackpropFilter', inputs, { strides, pad, dataFormat: 'NHWC', filterShape })[0];
}

for (const given of cases) {
  onNative(`as on cpu: ${JSON.stringify(given)}`, async () => {
    expectClose(
      await valuesOn('tensorflow', () => [filterGradient(given)]),
      await valuesOn('cpu', () => [filterGradient(given)]),
    );
  });
}

onNative('its shape is known before it is there', async () => {
  await valuesOn('tensorflow', () => {
    const gradient = filterGradient(cases[0]);
    expect(gradient.shape).toEqual(cases[0][1]);
    return [gradient];
  });
});

onNative.each([
  ['channels', [[2, 9, 8, 4], [3, 3, 3, 5], [1, 1], 'same', [2, 9, 8, 5]]],
  ['places', [[2, 9, 8, 3], [3, 3, 3, 5], [1, 1], 'same', [2, 9, 7, 5]]],
  ['filters', [[2, 9, 8, 3], [3, 3, 3, 5], [1, 1], 'same', [2, 9, 8, 4]]],
] as [string, Case][])('other %s are refused where it is called', async (_, given) => {
  await expect(valuesOn('tensorflow', () => [filterGradient(given)])).rejects.toThrow();
});

onNative('what fails in the background says so at its output, and what follows goes on', () => {
  const host = new NativeHost();
  const handles = [
    host.handle(new Float32Array(2 * 4 * 4 * 3), [2, 4, 4, 3]),
    host.handle(Int32Array.of(3, 3, 2, 5)),
    host.handle(new Float32Array(2 * 4 * 4 * 5), [2, 4, 4, 5]),
  ];
  const right = host.handle(Int32Array.of(3, 3, 3, 5));
  const gradient = (sizes = handles[1]): Float32Array => {
    const attributes = [host.ints('strides', [1, 1, 1, 1]), host.string('padding', 'SAME')];
    const output = host.one(
      'Conv2DBackpropFilter',
      [handles[0], sizes, handles[2]],
      [...attributes, host.inBackground([3, 3, 3, 5])],
    );
    try {
      return host.read(output);
    } finally {
      host.free([output]);
    }
  };
  for (let i = 0; i < 3; i++) {
    expect(() => gradient()).toThrow();
    expect([...gradient(right)]).toEqual(new Array(3 * 3 * 3 * 5).fill(0));
  }
  host.free([...handles, right]);
});
