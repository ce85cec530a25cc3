import { getBackend, tensor1d } from '@tensorflow/tfjs-core';
import { expectNoLeak } from '@wellfit/testing';
import { cpu } from './cpu.js';

test('computes in plain JavaScript without a word on the console', async () => {
  const spoken: unknown[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => spoken.push(words);
  try {
    expect((await cpu().probe()).available).toBe(true);
    await cpu().activate();
    expect(getBackend()).toBe('cpu');
    await expectNoLeak(() => tensor1d([1]).dispose());
  } finally {
    console.warn = warn;
  }
  expect(spoken).toEqual([]);
});
