import { memory } from '@tensorflow/tfjs-core';

/**
 * Runs `body` and fails if it leaves more or fewer tensors behind than there were.
 *
 * @param body Disposes everything that it creates and keeps.
 */
export async function expectNoLeak(body: () => void | Promise<void>): Promise<void> {
  const before = memory().numTensors;
  await body();
  const leaked = memory().numTensors - before;
  if (leaked !== 0) throw new Error(`${leaked} tensors leaked`);
}
