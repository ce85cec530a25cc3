import { engine, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { expectSameWhenDivided } from '../same-bits.test-support.js';
import { normal } from '../same-as-cpu.test-support.js';

useBackend('wasm');

function run(name: string, inputs: Record<string, Tensor>, attrs: object): Float32Array {
  const output: Tensor = engine().runKernel(name, inputs, { ...attrs });
  return output.dataSync<'float32'>();
}

const strengths: readonly (readonly [number, number])[] = [
  [0.01, 0],
  [0, 0.02],
  [0.3, 0.7],
  [0, 0],
];

describe.each(strengths)('l1 %d and l2 %d', (l1, l2) => {
  test.each([0, 1, 3, 7, 32, 1025, 160_000])('of %i weights is the sum in 64 bits', (size) => {
    const values = normal([size], 'w');
    const expected = values.reduce((total, w) => total + l1 * Math.abs(w) + l2 * w * w, 0);
    const value = tidy(() => run('WellfitWeightPenalty', { w: tensor(values) }, { l1, l2 })[0]);
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(4e-7 * expected);
  });

  test('its gradient is that of the formula, 0 at 0', () => {
    const values = Float32Array.of(0, -0, 1.5, -2, 1e-30, -1e-30, 7, 0.1, -3);
    tidy(() => {
      const inputs = { w: tensor(values), dy: tensor(0.5) };
      const dw = run('WellfitWeightPenaltyGradient', inputs, { l1, l2 });
      values.forEach((w, i) => expect(dw[i]).toBeCloseTo(0.5 * (l1 * Math.sign(w) + 2 * l2 * w), 6));
    });
  });

  test('NaN and infinity are seen by the parts that are there', () => {
    const of = (w: number): readonly number[] =>
      tidy(() => {
        const given = { w: tensor(new Float32Array(5).fill(w)) };
        const value = run('WellfitWeightPenalty', given, { l1, l2 })[0];
        const inputs = { ...given, dy: tensor(1) };
        const slopes = run('WellfitWeightPenaltyGradient', inputs, { l1, l2 });
        return [value, slopes[0], slopes[4]];
      });
    const there = l1 > 0 || l2 > 0;
    expect(of(NaN)).toEqual(there ? [NaN, NaN, NaN] : [0, NaN, NaN]);
    const slope = l2 > 0 ? Infinity : l1 > 0 ? Math.fround(l1) : NaN;
    expect(of(Infinity)).toEqual([there ? Infinity : 0, slope, slope]);
  });

  test.each([1024, 5001])('the same bits in pieces of %i weights', (size) => {
    const w = normal([size], 'w');
    const grains = Math.ceil(size / 1024);
    expectSameWhenDivided('sizesOfWeights', [w, new Float32Array(4 * grains)], [size], grains);
    const tensors = [w, Float32Array.of(2), new Float32Array(size).fill(9)];
    expectSameWhenDivided('weightPenaltyGradient', tensors, [size, l1, 2 * l2], grains);
  });
});
